"""Amounts and 人次 as they are filled in: `12,345.67`, `１.2万元`, `321人次`."""

from handlers import texts
from handlers.language.text import normalise
from handlers.messages import UserError
from handlers.wishes.amounts import said_amount
from storage.models.teams import Total

MOST_DONATIONS = 7
"""Digits of a 人次."""


def total_said(amount: str, donations: str) -> Total:
    """In fen and 人次, 0 where no 人次 is given. Raises `UserError`."""
    fen = said_amount(normalise(amount).replace(",", "").strip())
    if fen is None:
        raise UserError(texts.console.no_amount(amount))
    count = normalise(donations).replace(",", "").removesuffix("人次").strip()
    if count and not (count.isdecimal() and len(count) <= MOST_DONATIONS):
        raise UserError(texts.console.no_count(donations))
    return Total(amount_fen=fen, donations=int(count or 0))
