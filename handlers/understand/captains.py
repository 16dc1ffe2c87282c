"""The captain of a registration, by the words around her name: `队长李敏`, `我叫李敏`, `由李敏任队长`."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.language.persons import is_person, person_of
from handlers.language.telephones import GAP
from handlers.understand.pieces import Piece, is_any, text_of
from handlers.understand.tokens import Token
from storage.campaign_schema import Campaign

_POSTS = ("charge", "leads", "title", "label captain", "surname")
_BEFORE_A_NAME = ("is", "charge", "leads", "herself", "called", "title")
_BEHIND_A_NAME = ("title", "acts")
_BETWEEN = frozenset(" :)")
"""Signs that may stand between a post and a name."""


def captain_among(campaign: Campaign, pieces: Sequence[Piece]) -> tuple[str, list[Piece]]:
    """Her name, and the pieces without it and its words; '' where none is told, or where it ends cannot be told."""
    for at, piece in enumerate(pieces):
        name, left = _ahead_of_her_post(campaign, piece) or _called(campaign, piece) or ("", ())
        if name:
            return name, [*pieces[:at], *left, *pieces[at + 1 :]]
    for at, piece in enumerate(pieces):
        for nth, token in enumerate(piece.tokens):
            again = nth > 0 and is_any(piece.tokens[nth - 1], "charge", "leads")
            if not again and is_any(token, "charge", "leads") and (found := _behind_her_post(pieces, at, nth + 1)):
                last, run = found
                name = person_of(campaign, text_of(run))
                left = [*_piece(piece.tokens[:nth], piece.ahead), *_piece(_beyond(run, len(name)) if name else (), GAP)]
                return name, [*pieces[:at], *left, *pieces[last + 1 :]]
    return "", list(pieces)


def _ahead_of_her_post(campaign: Campaign, piece: Piece) -> tuple[str, list[Piece]] | None:
    """`李敏队长`, `由李敏担任队长`, and what else the piece says."""
    for nth, token in enumerate(piece.tokens):
        if token.has("leads"):
            named = max((n for n in range(nth) if piece.tokens[n].has("names")), default=-1)
            name = text_of(piece.tokens[named + 1 : nth])
            if len(name) in (2, 3) and is_person(campaign, name):
                ahead, behind = piece.tokens[: max(named, 0)], piece.tokens[nth + 1 :]
                return name, [*_piece(ahead, piece.ahead), *_piece(behind, GAP)]
    return None


def _called(campaign: Campaign, piece: Piece) -> tuple[str, list[Piece]] | None:
    """`我叫李敏`, `老板我叫钱小多`, `陈老师全名陈晓燕`: the whole piece."""
    for nth, token in enumerate(piece.tokens):
        if token.has("called") and is_person(campaign, name := _without_titles(piece.tokens[nth + 1 :])):
            return name, []
        if not is_any(token, *_POSTS) and len(token.text) > 1:
            return None
    return None


def _without_titles(tokens: Sequence[Token]) -> str:
    named = [nth for nth, token in enumerate(tokens) if not token.has("title")]
    return text_of(tokens[named[0] : named[-1] + 1]) if named else ""


def _behind_her_post(pieces: Sequence[Piece], at: int, nth: int) -> tuple[int, Sequence[Token]] | None:
    """The piece in which a name stands behind a post, and its tokens from there; None where none does."""
    for place in range(at, len(pieces)):
        piece, start = pieces[place], nth if place == at else 0
        if place > at and not _BETWEEN.issuperset(piece.ahead):
            return None
        while start < len(piece.tokens) and is_any(piece.tokens[start], *_BEFORE_A_NAME):
            start += 1
        if start < len(piece.tokens):
            run = _name_ahead(piece.tokens[start:])
            return (place, run) if run[0].text[0].isalpha() else None
    return None


def _name_ahead(run: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to what is said behind a name of two characters and more: `赵丽娟担任`, `李敏老师`, `李敏在`."""
    run = run[:-1] if len(run) > 1 and run[-1].has("particle") else run
    ends = (n for n, token in enumerate(run) if is_any(token, *_BEHIND_A_NAME) and len(text_of(run[:n])) > 1)
    return run[: next(ends, None)]


def _beyond(run: Sequence[Token], length: int) -> tuple[Token, ...]:
    """The tokens behind so many characters; what is left of one that is cut is unknown."""
    left = list(run)
    while left and length >= len(left[0].text):
        length -= len(left.pop(0).text)
    if left and length:
        rest = left[0].text[length:]
        left[0] = replace(left[0], kind="unknown", start=left[0].end - len(rest), text=rest, senses=frozenset())
    return tuple(left)


def _piece(tokens: Sequence[Token], ahead: str) -> list[Piece]:
    return [Piece(tuple(tokens), ahead)] if tokens else []
