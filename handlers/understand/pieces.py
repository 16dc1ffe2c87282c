"""A registration line in pieces: stretches of tokens between two signs, with the brackets that belong to a name.

Brackets have one written form, `(…)`. What belongs to the name stays with it (第一中学(北校区), 财政局(国资委)); a
person, a contact, a region stands apart, in brackets and behind dashes (`审计局-李四`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.language.non_answers import names_nothing
from handlers.language.persons import FILLER, named_in
from handlers.language.places import SEPARATORS, region_of_token
from handlers.language.telephones import GAP
from handlers.understand.ear import Ear
from handlers.understand.lexicon import lexicon
from handlers.understand.normal import Line
from handlers.understand.tokens import Token, tokens_of
from storage.campaign_schema import Campaign

WORDS = ("understand/registering", "language/unit_words")
SLOTS = ("unit", "team", "project", "captain", "region", "phone")
_CONTACT = ("label captain", "label phone", "contact", "charge")
"""Classes of words that announce a contact, and are no part of a unit's name."""
_ONE_FORM = str.maketrans("【】〔〕[]{}+~", "()()()()--")
_PARTS = frozenset(f" :|/{GAP}")
_JOINTS = frozenset("-—–~+_=《》“”\"'「」")
_EDGES = frozenset("-_#\"'“”")


@dataclass(frozen=True, slots=True)
class Piece:
    """The tokens of a stretch, and the signs ahead of it."""

    tokens: tuple[Token, ...]
    ahead: str

    @property
    def text(self) -> str:
        return text_of(self.tokens)

    @property
    def glued(self) -> bool:
        """Whether nothing but a blank stands ahead of it."""
        return self.ahead == " "


def text_of(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def is_any(token: Token, *kinds: str) -> bool:
    """Whether a word is of one of some classes."""
    return any(token.has(kind) for kind in kinds)


def is_label(token: Token) -> bool:
    return announces(token) or any(token.has(f"label {slot}") for slot in SLOTS)


def announces(token: Token) -> bool:
    """Whether a word tells that a contact follows: 队长, 电话, 微信."""
    return is_any(token, *_CONTACT)


def pieces_of(campaign: Campaign, line: str) -> list[Piece]:
    """The pieces of a line that is in one form, in their order."""
    folded = "".join(char.lower()[:1] for char in line.translate(_ONE_FORM))
    told = tokens_of(Line(line, folded, ()), Ear(campaign, (), datetime.min), lexicon(*WORDS))
    written = line.translate(str.maketrans("【】〔〕[]{}", "()()()()"))
    tokens = [replace(token, text=written[token.start : token.end]) for token in told]
    tokens = [replace(token, text=token.text.replace(" ", "")) if token.figure else token for token in tokens]
    return [piece for run, ahead in _runs(campaign, tokens) for piece in _unjoined(campaign, run, ahead)]


def _runs(campaign: Campaign, tokens: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """The stretches between two signs, each with the signs ahead of it."""
    run: list[Token] = []
    ahead, at = "", 0
    while at < len(tokens):
        token = tokens[at]
        opens = at + (token.text == " " and bool(run))
        if run and (end := _closed(tokens, opens)) and _belongs(campaign, run, tokens[opens + 1 : end]):
            run += tokens[opens : end + 1]
            at = end + 1
            continue
        sign = _parts(tokens, at)
        if run and (sign or token.has("begins") or _is_place_behind(tokens, at)):
            yield run, ahead
            run, ahead = [], "" if sign else GAP
        if sign:
            ahead += token.text
        else:
            run.append(token)
        at += 1
    if run:
        yield run, ahead


def _is_place_behind(tokens: Sequence[Token], at: int) -> bool:
    """Whether a region runs together with what is ahead of it: 昭通市第一中学昭阳区."""
    token, ends = tokens[at], at + 1 == len(tokens) or _parts(tokens, at + 1)
    return token.name == "region" and ends and len(token.text) > 2 and not tokens[at - 1].name


def _closed(tokens: Sequence[Token], at: int) -> int:
    """Where the bracket that opens at a place closes, if it holds no other; 0 for none."""
    if tokens[at : at + 1] and tokens[at].kind == "open":
        end = next((n for n in range(at + 1, len(tokens)) if tokens[n].kind in ("open", "close")), 0)
        return end if tokens[end].kind == "close" else 0
    return 0


def _belongs(campaign: Campaign, ahead: Sequence[Token], inside: Sequence[Token]) -> bool:
    """Whether what stands in brackets is part of the name ahead of them."""
    if not inside or names_nothing(text_of(ahead)) or named_in(campaign, text_of(ahead)):
        return False
    if any(announces(token) or token.text == GAP for token in inside):
        return False
    words = SEPARATORS.split(text_of(inside).strip(" "))
    return len(words) == 1 and not _stands_apart(campaign, words[0])


def _stands_apart(campaign: Campaign, word: str) -> bool:
    return bool(FILLER.match(word) or region_of_token(campaign, word) or named_in(campaign, word))


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a sign, or a word where spoken sentences run into one another."""
    token, behind = tokens[at], tokens[at + 1 : at + 2]
    if token.text == "/" and at and behind:
        beside = tokens[at - 1].text[-1] + behind[0].text[0]
        return not (beside.isascii() and beside.isalpha())
    if token.kind in ("break", "stop", "open", "close", "quoted") or token.text in _PARTS:
        return True
    return token.has("joins in") or (token.has("of the project") and bool(behind) and behind[0].has("charge"))


def _unjoined(campaign: Campaign, run: Sequence[Token], ahead: str) -> Iterator[Piece]:
    """A stretch taken apart at its dashes and quotes where a person stands between them."""
    parts: list[list[Token]] = [[]]
    for token in run:
        if token.text in _JOINTS:
            parts.append([])
        else:
            parts[-1].append(token)
    persons = len(parts) > 1 and any(named_in(campaign, text_of(part)) for part in parts)
    for part in parts if persons else [run]:
        bare = _without_edges(part)
        if bare:
            yield Piece(tuple(bare), ahead)
            ahead = GAP


def _without_edges(part: Sequence[Token]) -> Sequence[Token]:
    kept = [n for n, token in enumerate(part) if token.text not in _EDGES]
    end = kept[-1] + 1 if kept else 0
    return part[kept[0] : end - (part[end - 1].text == "的")] if kept else ()


def label_of(piece: Piece, following: Piece | None) -> tuple[str, int]:
    """The slot that a piece labels, and how many of its tokens say so: `单位：`, `队长及电话：`, `单位是…`."""
    start = next((n for n, token in enumerate(piece.tokens) if token.text[0].isalpha()), 0)
    label = piece.tokens[start]
    slot = next((slot for slot in SLOTS if label.has(f"label {slot}")), "")
    while piece.tokens[start + 1 : start + 2] and piece.tokens[start + 1].has("joint") and is_label(piece.tokens[-1]):
        start += 2
    behind = piece.tokens[start + 1 :]
    if slot and behind and is_any(behind[0], "says", "is called"):
        return slot, start + 2
    return (slot, start + 1) if slot and not behind and following and ":" in following.ahead else ("", 0)
