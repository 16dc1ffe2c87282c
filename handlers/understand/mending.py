"""The sides of a line in which something is put right: what was wrong, what is right, what is only said around it.

The words of `data/mending.tsv` are tokens among those of reports, each with a class, and part the line as a comma does.
From left to right such a word says what the part behind it is, or what the one ahead of it in its clause was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import zip_longest
from typing import Literal, NamedTuple

from handlers.understand.ear import Ear
from handlers.understand.lexicon import lexicon
from handlers.understand.normal import Line, line_of
from handlers.understand.tokens import Token, tokens_of

Role = Literal["said", "pointed", "was", "wrong", "right", "after", "put", "before", "step", "kept"]
WORDS = "understand/words", "understand/mending"
MONEY = frozenset({"money", "gifts", "bare"})
REMAINDER = 3
"""Characters that may stand beside a word of correcting that is a message by itself."""
POINTS = frozenset({"last", "wrong", "swapped"})
"""Beside words of these classes a weak word acts as well."""
PLAIN = frozenset({"wrong", "swapped", "not", "put", "mend", "becomes", "proves", "should", "same"})
"""Beside words of these classes a figure is what is right; behind a mere 那是, or what is void, it may be."""
_SIDES: dict[str, tuple[Role | None, Role | None]] = {
    "not": ("wrong", None),
    "is": ("right", "wrong"),
    "becomes": ("right", "wrong"),
    "put": ("put", "before"),
    "wrong": ("after", "wrong"),
    "swapped": ("after", "kept"),
    "more": ("step", None),
    "less": ("step", None),
    "was": ("was", None),
    "last": ("pointed", None),
    "mend": ("after", None),
    "proves": ("after", "right"),
    "back": ("after", None),
    "same": (None, "kept"),
}
"""What a word of a class says of the part behind it, and of those ahead of it in its clause."""
CLASSES = frozenset({*_SIDES, "several", "keep", "restore", "please", "asks", "none"})
LOUD = CLASSES - {"is", "last", "proves", "was", "several", "keep", "please", "asks", "none"}
"""Classes of which a word may put something right without one that points at a report."""
GROWN = frozenset({"becomes", "arrow", "same", "please", "last", "-"})
"""Beside words of these classes alone an arrow tells of a figure that grew."""
_OPEN = frozenset({"said", "pointed", "after", "was"})
"""Roles that a word behind a part may change."""
_SAID: Role = "said"
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
    """What stands between two words of correcting or ends of clauses. `carried`: its role comes from another clause;
    `heads`: the label, kind and channel named ahead of it that hold for its figures."""

    role: Role
    clause: int
    carried: bool
    tokens: list[Token] = field(default_factory=list)
    heads: list[Token] = field(default_factory=list)

    @property
    def valued(self) -> bool:
        return any(token.figure and token.figure.kind in MONEY for token in self.tokens)


@dataclass(frozen=True)
class Mending:
    """The sides of a line. `acts`: the words of correcting in it; `named`: their classes and values."""

    line: Line
    tokens: tuple[Token, ...]
    acts: tuple[Act, ...]
    parts: tuple[Part, ...]

    @cached_property
    def named(self) -> frozenset[str]:
        """The classes and values of the words; a weak one acts only beside one that points at a report."""
        pointed = any(act.kind in POINTS for act in self.acts)
        acting = [act for act in self.acts if act.value != "weak" or pointed]
        return frozenset(name for act in acting for name in (act.kind, act.value))

    def figures(self, *roles: Role) -> list[Part]:
        """The parts with figures on a side, by default on all."""
        return [part for part in self.parts if part.valued and (not roles or part.role in roles)]

    def words(self, role: Role) -> list[Token]:
        """The tokens of the parts without a figure on a side."""
        return [token for part in self.parts if part.role == role and not part.valued for token in part.tokens]

    def around(self, *roles: Role) -> list[Token]:
        """The tokens that are no words of correcting, without those of some sides."""
        return [token for part in self.parts if part.role not in roles for token in part.tokens]

    def beside(self, kind: str) -> list[Token]:
        """The tokens that stand in a clause with a word of a class."""
        clauses = {act.clause for act in self.acts if act.kind == kind}
        return [token for part in self.parts if part.clause in clauses for token in part.tokens]

    @property
    def sign(self) -> Literal[-1, 0, 1]:
        """Whether a difference was too much (-1) or left out (1)."""
        return -1 if "more" in self.named else 1 if "less" in self.named else 0

    @property
    def weak_sign(self) -> Literal[-1, 0, 1]:
        """The same by a word that says so of a difference alone (`少了80`)."""
        kinds = {act.kind for act in self.acts}
        return -1 if "more" in kinds else 1 if "less" in kinds else 0

    @property
    def says_so(self) -> bool:
        """Whether the words say that something reported is put right."""
        acts, right, wrong, words = self.named, self.figures("right"), self.figures("wrong"), self.words("right")
        told = right or wrong or self.figures("step")
        mends = acts & {"becomes", "mend"} and (told or "last" in acts or self._is_all_that_is_said)
        points = acts & {"that", "dated"}
        return bool(
            acts & {"wrong", "swapped", "more", "less"}
            or {"not", "is"} <= acts
            or ("back" in acts and right)
            or ("put" in acts and (words or ("to" not in acts and told)))
            or (mends and ("arrow" not in acts or wrong))
            or ("not" in acts and right and wrong)
            or (right and ("same" in acts or ("should" in acts and (wrong or "last" in acts))))
            or (points and acts & {"is", "not"} and (words or (right and wrong)))
            or (points and "proves" in acts and right)
        )

    @property
    def _is_all_that_is_said(self) -> bool:
        """Whether a word of correcting stands alone, or beside what it is to be done to: `改一下人次`."""
        said = [token for token in self.around() if not token.has("say", "courtesy")]
        return any(map(_heads, said)) or sum(len(token.text) for token in said) <= REMAINDER

    @property
    def speaks(self) -> bool:
        """Whether the words put something right, take it back or put it back."""
        return self.says_so or bool(self.named & {"back", "restore"})

    @property
    def grows(self) -> bool:
        """Whether nothing but an arrow leads from one figure to the other: a total that grew."""
        return "arrow" in self.named and self.named <= GROWN

    @property
    def is_sure(self) -> bool:
        """Whether what is right stands by name, no slip is put right in the breath in which it was made, and no figure
        is left of which nothing is said."""
        acts, head = self.named, self.parts[0]
        slip = head.valued and head.role == "said" and any(map(_heads, head.tokens))
        breath = slip and "wrong" in acts and not acts & {"last", "more", "less"}
        told = len(self.figures("right", "wrong")) + max(len(self.figures("step")), self.takes_a_step)
        plain = acts & PLAIN or self.takes_a_step or (self.figures("right") and self.figures("wrong"))
        return "arrow" not in acts and not breath and bool(plain) and len(self.figures()) <= told

    @property
    def takes_a_step(self) -> bool:
        """Whether a word says that what was reported was too much or too little, by a difference."""
        return any(act.kind in ("more", "less") and act.value != "weak" for act in self.acts)

    @property
    def takes_a_part(self) -> bool:
        """Whether what was too much is to go, and not the whole report."""
        return bool(self.sign) and not any(act.kind == "back" and act.value != "part" for act in self.acts)


def may_mend(text: str) -> bool:
    """Whether a word stands somewhere that may say by itself that something is put right; 多了, 刚才 and 是 do not, and
    a report may say so of what came in: `刚刚又多了150元`."""
    return any(text[at:end] in _loud() for at in range(len(text)) for end in lexicon(WORDS[1]).words_at(text, at))


@cache
def _loud() -> frozenset[str]:
    said = {"should", "that", "dated"}
    return frozenset(
        word
        for word, senses in lexicon(WORDS[1]).senses.items()
        if any((kind in LOUD and value != "weak") or value in said for kind, value in senses)
    )


def mending_of(text: str, ear: Ear) -> Mending:
    """The sides of a message."""
    line = line_of(_NO_THOUSANDS.sub(";", text))
    tokens = tokens_of(line, ear, lexicon(*WORDS))
    if place := _kept_count(tokens):
        line = line_of(f"{line.text[:place]};{line.text[place:]}")
        tokens = tokens_of(line, ear, lexicon(*WORDS))
    acts = tuple(_acts(tokens))
    mending = Mending(line, tokens, acts, tuple(_parts(tokens, acts)))
    _settle(mending)
    _hand_down(mending.parts)
    return mending


def _kept_count(tokens: Sequence[Token]) -> int:
    """Where the label of a count that stays begins, read as the unit of the amount: `改成6500 人次不变`; 0 for none."""
    solid = [token for token in tokens if token.kind != "gap"]
    for becomes, figure, same in zip(solid, solid[1:], solid[2:], strict=False):
        if becomes.has("becomes") and same.has("same") and figure.figure and figure.figure.kind == "gifts":
            return figure.end - len(figure.figure.unit)
    return 0


def _acts(tokens: Sequence[Token]) -> Iterator[Act]:
    """The words of correcting; one that only acts right ahead of a figure is none elsewhere."""
    clause = 0
    for place, token in enumerate(tokens):
        clause += token.kind in _CUTS
        senses = [sense for sense in token.senses if sense.kind in CLASSES]
        touches = any(sense.value in ("touching", "arrow") for sense in senses) and _touches(tokens[place + 1 :])
        acting = [sense for sense in senses if sense.value not in ("touching", "arrow") or touches]
        first = min(acting, key=lambda sense: (sense.value != "touching", sense.kind != "was", sense), default=None)
        if first and first.kind != "none":
            yield Act(first.kind, first.value, token, clause)


def _touches(behind: Sequence[Token]) -> bool:
    """Whether the next that stands behind is a figure of money or gifts."""
    token = next((token for token in behind if token.kind != "gap" and token.text not in (":", "了")), None)
    return token is not None and token.figure is not None and token.figure.kind in MONEY


def _parts(tokens: Sequence[Token], acts: Sequence[Act]) -> list[Part]:
    """Every part between words of correcting and the ends of clauses, with what they make of it."""
    by_place = {act.word.start: act for act in acts}
    parts: list[Part] = []
    part, state, since, clause = None, _SAID, 0, 0
    for token in tokens:
        act = by_place.get(token.start)
        if act is None and token.kind not in _CUTS:
            if part is None:
                parts.append(part := Part(state, clause, carried=clause > since))
            part.tokens.append(token)
            continue
        part = None
        here = [part for part in parts if part.clause == clause]
        if act is None:
            state, clause = _behind_a_clause(state, here), clause + 1
            continue
        behind, ahead = _SIDES.get(act.kind, (None, None))
        if ahead and (act.kind in ("same", "swapped", "proves") or state in ("said", "pointed", "after", "right")):
            _look_back(here, act, ahead)
        if behind:
            state, since = behind, clause
    return [part for part in parts if any(token.kind != "gap" for token in part.tokens)]


def _behind_a_clause(state: Role, clause: Sequence[Part]) -> Role:
    """What stands in the clause behind: where the wrong was told, the right may follow."""
    if state in ("wrong", "put", "step", "was") and any(part.role == state for part in clause):
        return "after"
    return "said" if state == "pointed" else state


def _look_back(clause: Sequence[Part], act: Act, role: Role) -> None:
    """What a word says of the parts ahead of it in its clause; before 改成 even what was called right is wrong, and
    before 是 what is no label of the figure behind (`笔数是`)."""
    for part in clause:
        open_ = part.role in _OPEN or (part.role == "right" and (part.carried or act.kind == "becomes"))
        open_ = open_ or (part.role == "put" and role == "right")
        labels_the_next = act.kind == "is" and _heads(part.tokens[-1])
        if open_ and (part.valued or role == "kept") and not labels_the_next:
            part.role = role


def _settle(mending: Mending) -> None:
    """Roles that depend on what else is told: where nothing is said to be right, what stands behind a mistake is."""
    told = {part.role for part in mending.figures()}
    named = bool(mending.words("right"))
    right_told = bool(told & {"right", "after"})
    denied = "not" in mending.named and not right_told
    for part in mending.parts:
        match part.role:
            case "put":
                part.role = "wrong"
            case "before":
                part.role = "right" if "put" in told and not right_told else "wrong"
            case "was":
                part.role = "right" if denied else "wrong"
            case "pointed" if part.valued:
                part.role = "wrong" if right_told else "said"
            case "pointed":
                part.role = "right" if denied and not named else "said"
            case "after":
                part.role = "said" if "right" in told or named or (part.valued and "before" in told) else "right"
            case "step" if right_told:
                part.role = "said"
    ahead = mending.figures("said")
    if denied and len(ahead) == 1 and mending.figures("wrong") and not mending.figures("right"):
        ahead[0].role = "right"


def _hand_down(parts: Sequence[Part]) -> None:
    """The label, kind and channel of what stands ahead, to the figures behind that they are of: `人次不对，是128`."""
    heads: list[Token] = []
    for part, following in zip_longest(parts, parts[1:]):
        said = list(filter(_heads, part.tokens))
        if not part.valued:
            heads = said if said and part.role != "kept" else heads
            continue
        part.heads = heads
        if part.role == "wrong":
            heads = [token for token in said if token.has("label")] or heads
        shared = following is not None and following.valued and following.role == "wrong"
        if part.role == "right" and not shared:
            heads = []


def _heads(token: Token) -> bool:
    return token.has("label") or token.has("kind") or token.has("channel")
