"""The numbers of matters as they are typed: `D5` in any writing; a former one where it can be nothing else."""

import re
from dataclasses import dataclass
from typing import Protocol, TypeVar

from handlers import texts
from handlers.messages import Context, UserError
from handlers.tables import SEPARATORS
from storage.matters import Matter

_NUMBER = re.compile(r"(?:一?下|了|编号|[: ])*[#第]? ?(?P<letter>[dD]?) ?(?P<digits>\d{1,6})(?!\d)[个条号]?")
OfKind = TypeVar("OfKind", bound=Matter)
Found = TypeVar("Found", bound=Matter, covariant=True)


class Numbered(Protocol[Found]):
    """Matters of one kind, by their numbers of now or of before: all there are, or those that she may see."""

    def get(self, campaign: str, number: str) -> Found | None: ...

    def once(self, campaign: str, was: str) -> Found | None: ...


@dataclass(frozen=True, slots=True)
class Typed:
    """A number at the head of a command's arguments, as `D5` or bare, and what follows it."""

    number: str
    rest: str

    @property
    def lettered(self) -> bool:
        return self.number.startswith("D")


def typed(arguments: str) -> Typed | None:
    """None where no number stands at the head."""
    found = _NUMBER.match(arguments)
    if found is None:
        return None
    number = found["letter"].upper() + (found["digits"].lstrip("0") or "0")
    return Typed(number, arguments[found.end() :].strip(SEPARATORS))


def starts_with_number(arguments: str) -> bool:
    """Whether a word that takes a matter's number may be followed by this without a separator."""
    return typed(arguments) is not None


def is_lettered(arguments: str) -> bool:
    """Whether such a number stands there with its letter, so that it can be nothing else."""
    said = typed(arguments)
    return said is not None and said.lettered


def named(ctx: Context, matters: Numbered[OfKind], said: Typed) -> OfKind:
    """The matter of a kind that a number names.

    A bare one is a matter's former number, where no list is open in which it could be a line, and no matter of the kind
    has it with the letter. Raises `UserError`.
    """
    cid = ctx.campaign.id
    if said.lettered:
        if matter := matters.get(cid, said.number):
            return matter
        raise UserError(texts.questions.no_such_matter(said.number))
    former, lettered = matters.once(cid, said.number), matters.get(cid, f"D{said.number}")
    if former and (lettered is None or lettered == former) and not _list_is_open(ctx):
        return former
    meant = dict.fromkeys(texts.questions.question_line(m.number, m.text, m.was) for m in (former, lettered) if m)
    raise UserError(texts.questions.number_needs_its_letter(said.number, list(meant)))


def _list_is_open(ctx: Context) -> bool:
    """Whether lines were just shown of which one is to be named; a proposal only waits for a yes."""
    return ctx.conversation is not None and not ctx.conversation.proposes
