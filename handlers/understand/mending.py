"""The sides of a line in which something is put right: what was wrong, what is right, what is only said around it.

The words of `data/mending.tsv` are tokens among those of reports, each with a class, and part the line as a comma does.
From left to right such a word says what the part behind it is, or what the one ahead of it in its clause was; what they
say, and what a line comes to, stands in `data/mended.tsv`.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import zip_longest
from typing import NamedTuple

from handlers.language.wordlists import rows
from handlers.understand.ear import Ear
from handlers.understand.lexicon import Sense, lexicon
from handlers.understand.normal import Line, line_of
from handlers.understand.tokens import Token, tokens_of

WORDS = "understand/words", "understand/mending"
REMAINDER = 3
"""Characters that may stand beside a word of correcting that is a message by itself."""
POINTS = frozenset({"last", "wrong", "swapped"})
"""Beside words of these classes a weak word acts as well."""
SLIPS = ("nought more", "nought less", "swapped")
LOUD = frozenset(
    {"not", "becomes", "put", "wrong", "swapped", "more", "less", "mend", "back", "same", "restore", "off"}
)
"""Classes of which a word may put something right without one that points at a report."""
CLASSES = LOUD | {"is", "was", "last", "proves", "several", "keep", "please", "asks", "none"}
_LOUD_TOO = frozenset({"should", "that", "dated"})
_OPEN = frozenset({"said", "pointed", "after", "was"})
"""Sides that a word behind a part may change."""
_CUTS = frozenset({"break", "stop", "open", "close"})
_NO_THOUSANDS = re.compile(r"，(?=\d)(?!\d{3}(?!\d))")
"""A wide comma that parts no thousands: `多算了80，7720才是对的`."""


class Act(NamedTuple):
    """A word of correcting: its class, what of it, its token, and the clause in which it stands."""

    kind: str
    value: str
    word: Token
    clause: int


@dataclass(slots=True, eq=False)
class Part:
    """What stands between two words of correcting or ends of clauses. `carried`: its side comes from another clause;
    `heads`: the label, kind and channel named ahead of it that hold for its figures."""

    side: str
    clause: int
    carried: bool
    tokens: list[Token] = field(default_factory=list)
    heads: list[Token] = field(default_factory=list)

    @property
    def valued(self) -> bool:
        return any(token.is_value for token in self.tokens)


@dataclass(frozen=True)
class Mending:
    """The sides of a line, and the words of correcting in it."""

    line: Line
    tokens: tuple[Token, ...]
    acts: Sequence[Act]
    parts: Sequence[Part]

    def figures(self, *sides: str) -> list[Part]:
        """The parts with figures on a side, by default on all."""
        return [part for part in self.parts if part.valued and (not sides or part.side in sides)]

    def words(self, side: str) -> list[Token]:
        """The tokens of the parts without a figure on a side."""
        return [token for part in self.parts if part.side == side and not part.valued for token in part.tokens]

    def around(self, *sides: str) -> list[Token]:
        """The tokens that are no words of correcting, without those of some sides."""
        return [token for part in self.parts if part.side not in sides for token in part.tokens]

    def beside(self, kind: str) -> list[Token]:
        """The tokens that stand in a clause with a word of a class."""
        clauses = {act.clause for act in self.acts if act.kind == kind}
        return [token for part in self.parts if part.clause in clauses for token in part.tokens]

    @cached_property
    def facts(self) -> frozenset[str]:
        """What `data/mended.tsv` asks of a line."""
        found = {*_named(self.acts), *_sides(self.parts)}
        differs = any(act.kind in ("more", "less") and act.value != "weak" for act in self.acts)
        told = len(self.figures("right", "wrong")) + max(len(self.figures("step")), differs)
        whole = any(act.kind == "back" and act.value != "part" for act in self.acts)
        besides = [token for token in self.around() if not token.has("say", "courtesy")]
        derived = {
            "slip": not found.isdisjoint(SLIPS),
            "differs": differs,
            "steps": any(act.kind in ("more", "less") for act in self.acts),
            "trims": not whole and not found.isdisjoint(("more", "less")),
            "loose": len(self.figures()) > told,
            "alone": any(map(is_head, besides)) or sum(len(token.text) for token in besides) <= REMAINDER,
        }
        return frozenset(found.union(fact for fact, holds in derived.items() if holds))

    @property
    def what(self) -> str:
        """What the line is: put right, taken back, which (it is not said which is), restored; '' for neither."""
        return comes_to("line", self.facts)


def may_mend(text: str) -> bool:
    """Whether a word stands somewhere that may say by itself that something is put right; 多了, 刚才 and 是 do not, and
    a report may say so of what came in: `刚刚又多了150元`."""
    return any(text[at:end] in _loud() for at in range(len(text)) for end in lexicon(WORDS[1]).words_at(text, at))


@cache
def _loud() -> frozenset[str]:
    return frozenset(word for word, senses in lexicon(WORDS[1]).senses.items() if any(map(_is_loud, senses)))


def _is_loud(sense: Sense) -> bool:
    return (sense.kind in LOUD and sense.value != "weak") or sense.value in _LOUD_TOO


def mending_of(text: str, ear: Ear) -> Mending:
    """The sides of a message."""
    line = line_of(_NO_THOUSANDS.sub(";", text))
    tokens = tokens_of(line, ear, lexicon(*WORDS))
    if place := _kept_count(tokens):
        line = line_of(f"{line.text[:place]};{line.text[place:]}")
        tokens = tokens_of(line, ear, lexicon(*WORDS))
    acts, parts = _parted(tokens)
    _settle(acts, parts)
    _hand_down(parts)
    return Mending(line, tokens, acts, parts)


def _kept_count(tokens: Sequence[Token]) -> int:
    """Where the label of a count that stays begins, read as the unit of the amount: `改成6500 人次不变`; 0 for none."""
    solid = [token for token in tokens if token.kind != "gap"]
    for becomes, figure, same in zip(solid, solid[1:], solid[2:], strict=False):
        if becomes.has("becomes") and same.has("same") and figure.figure and figure.figure.kind == "gifts":
            return figure.end - len(figure.figure.unit)
    return 0


def _parted(tokens: Sequence[Token]) -> tuple[list[Act], list[Part]]:
    """The words of correcting, and every part between them and the ends of clauses with what they make of it."""
    acts, parts = list[Act](), list[Part]()
    part, side, since, clause = None, "said", 0, 0
    for place, token in enumerate(tokens):
        sense = _acts(token, tokens[place + 1 :])
        if sense is None and token.kind not in _CUTS:
            if part is None:
                parts.append(part := Part(side, clause, carried=clause > since))
            part.tokens.append(token)
            continue
        part, here = None, [each for each in parts if each.clause == clause]
        if sense is None:
            told = side in ("wrong", "put", "step", "was") and any(each.side == side for each in here)
            side, clause = "after" if told else "said" if side == "pointed" else side, clause + 1
            continue
        acts.append(Act(*sense, token, clause))
        ahead, behind = (comes_to(where, (sense.kind,)) for where in ("ahead", "behind"))
        if ahead and (sense.kind in ("same", "swapped", "proves") or side in ("said", "pointed", "after", "right")):
            _look_back(here, sense.kind, ahead)
        if behind:
            side, since = behind, clause
    return acts, [part for part in parts if any(token.kind != "gap" for token in part.tokens)]


def _acts(token: Token, behind: Sequence[Token]) -> Sense | None:
    """How a token puts something right; a word that only acts right ahead of a figure does not elsewhere."""
    senses = [sense for sense in token.senses if sense.kind in CLASSES]
    if any(sense.value in ("touching", "arrow") for sense in senses):
        following = next((each for each in behind if each.kind != "gap" and each.text not in (":", "了")), None)
        touches = following is not None and following.is_value
        senses = [sense for sense in senses if touches or sense.value not in ("touching", "arrow")]
    first = min(senses, key=lambda sense: (sense.value != "touching", sense.kind != "was", sense), default=None)
    return first if first and first.kind != "none" else None


def _look_back(clause: Sequence[Part], kind: str, side: str) -> None:
    """What a word says of the parts ahead of it in its clause; before 改成 even what was called right is wrong, and
    before 是 what is no label of the figure behind (`笔数是`)."""
    for part in clause:
        open_ = part.side in _OPEN or (part.side == "right" and (part.carried or kind == "becomes"))
        open_ = open_ or (part.side == "put" and side == "right")
        labels_the_next = kind == "is" and is_head(part.tokens[-1])
        if open_ and (part.valued or side == "kept") and not labels_the_next:
            part.side = side


def _settle(acts: Sequence[Act], parts: Sequence[Part]) -> None:
    """Sides that depend on what else is told: where nothing is said to be right, what stands behind a mistake is."""
    told = _named(acts) | _sides(parts)
    for part in parts:
        part.side = comes_to(part.side, told | {"figure"} if part.valued else told) or part.side
    sides = _sides(parts)
    ahead = [part for part in parts if part.valued and part.side == "said"]
    denied = "not" in told and told.isdisjoint(("figure:right", "figure:after"))
    if denied and len(ahead) == 1 and "figure:wrong" in sides and "figure:right" not in sides:
        ahead[0].side = "right"


def _hand_down(parts: Sequence[Part]) -> None:
    """The label, kind and channel of what stands ahead, to the figures behind that they are of: `人次不对，是128`."""
    heads: list[Token] = []
    for part, following in zip_longest(parts, parts[1:]):
        said = list(filter(is_head, part.tokens))
        if not part.valued:
            heads = said if said and part.side != "kept" else heads
            continue
        part.heads = heads
        if part.side == "wrong":
            heads = [token for token in said if token.has("label")] or heads
        shared = following is not None and following.valued and following.side == "wrong"
        if part.side == "right" and not shared:
            heads = []


def _named(acts: Iterable[Act]) -> set[str]:
    """The classes and values of the words; a weak one acts only beside one that points at a report."""
    pointed = any(act.kind in POINTS for act in acts)
    return {name for act in acts if pointed or act.value != "weak" for name in (act.kind, act.value)}


def _sides(parts: Iterable[Part]) -> set[str]:
    """On which sides figures stand, and words alone."""
    return {f"{'figure' if part.valued else 'words'}:{part.side}" for part in parts}


@cache
def _table(of: str) -> Sequence[tuple[Sequence[tuple[bool, frozenset[str]]], str]]:
    """The rows of something: for each of its needs whether one or none of some facts is to be there, and what then."""
    told = ((needs.split(), then) for what, needs, then in rows("understand/mended") if what == of)
    return [
        ([(n[0] != "!", frozenset(n.lstrip("!").split("|"))) for n in needs if n != "-"], then) for needs, then in told
    ]


def comes_to(of: str, facts: Collection[str]) -> str:
    """What something comes to by its first row that fits; '' for none."""
    for needs, then in _table(of):
        if all(facts_needed.isdisjoint(facts) != one for one, facts_needed in needs):
            return then if then != "-" else ""
    return ""


def is_head(token: Token) -> bool:
    """Whether a word is a label, a kind or a channel of figures."""
    return token.has("label") or token.has("kind") or token.has("channel")
