"""A line parted into what was wrong, what is right, and what is only said around it: the words of `data/mending.tsv`.

From left to right: a word of correcting says what the stretch behind it is, or what the one ahead of it in its clause
was. Nothing is read here: both sides are text, for `correcting`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handlers.language.figures import figures_at
from handlers.understand.lexicon import lexicon
from handlers.understand.tokens import Token

Role = Literal["lead", "pointed", "was", "wrong", "right", "after", "put", "before", "step", "dropped"]
MONEY = frozenset({"money", "gifts", "bare"})
WORDS = "understand/mending"
SWAPPED, NOUGHT = "swapped", ("0", "零")
LONGEST_FIGURE, REMAINDER = 24, 3
POINTS = frozenset({"last", "wrong"})
"""Beside words of these classes a weak word acts as well."""
PLAIN = frozenset({"wrong", "not", "put", "mend", "becomes", "proves", "should", "same"})
"""Beside words of these classes a figure is what is right; behind a mere 那是, or what is void, it may be."""
_BEHIND: dict[str, Role] = {
    "not": "wrong",
    "is": "right",
    "becomes": "right",
    "put": "put",
    "wrong": "after",
    "more": "step",
    "less": "step",
    "was": "was",
    "last": "pointed",
    "mend": "after",
    SWAPPED: "after",
    "proves": "after",
    "back": "after",
}
_AHEAD: dict[str, Role] = {
    "is": "wrong",
    "becomes": "wrong",
    "put": "before",
    "wrong": "wrong",
    "proves": "right",
}
_CUTS = frozenset({"break", "stop", "open", "close"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of correcting: its class, what of it, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Stretch:
    text: str
    start: int
    end: int
    valued: bool
    lead: str
    labels: str
    clause: int
    role: Role
    loose: bool


@dataclass(slots=True)
class Mending:
    """The sides of a line. `wrong`, `right`, `step`: stretches with figures, each behind the words that say what they
    are of; `..._words`: those without. `sign` of a step; `firm`: words tell what is right, no mere arrow, and
    it is no slip put right in the same breath, of which nothing is booked yet. `aside`:
    where what is wrong or unchanged stands; `taking`: the clauses with a word of taking back."""

    wrong: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    step: list[str] = field(default_factory=list)
    wrong_words: list[str] = field(default_factory=list)
    right_words: list[str] = field(default_factory=list)
    all_values: list[str] = field(default_factory=list)
    acts: frozenset[str] = frozenset()
    sign: Literal[-1, 0, 1] = 0
    firm: bool = True
    spans: tuple[Mark, ...] = ()
    aside: tuple[tuple[int, int], ...] = ()
    same: tuple[tuple[int, int], ...] = ()
    taking: tuple[tuple[int, int], ...] = ()
    lead: str = ""
    alone: bool = False

    @property
    def contrasts(self) -> bool:
        """Whether wrong and right are set against each other by name."""
        return bool(self.acts & {"not", "put"})

    @property
    def says_so(self) -> bool:
        """Whether the words say that something reported is put right."""
        acts, told = self.acts, bool(self.right or self.wrong or self.step)
        if acts & {"wrong", "more", "less"} or {"not", "is"} <= acts or ("back" in acts and self.right):
            return True
        if "put" in acts and (self.right_words or ("to" not in acts and told)):
            return True
        if acts & {"becomes", "mend"} and (told or "last" in acts or self.lead or self.alone):
            return "arrow" not in acts or bool(self.wrong)
        if "not" in acts and self.right and self.wrong:
            return True
        if self.right and ("same" in acts or ("should" in acts and (self.wrong or "last" in acts))):
            return True
        if not acts & {"that", "dated"}:
            return False
        placed = self.right_words or (self.right and self.wrong)
        return bool(acts & {"is", "not"} and placed) or bool("proves" in acts and self.right)

    @property
    def speaks(self) -> bool:
        """Whether the words put something right, take it back or put it back."""
        return self.says_so or bool(self.acts & {"back", "restore"})

    @property
    def is_sure(self) -> bool:
        """Whether what is right stands by name, and no figure is left of which nothing is said."""
        told = len(self.right) + len(self.wrong) + max(len(self.step), self.takes_a_step)
        plain = bool(self.acts & PLAIN) or self.takes_a_step or bool(self.right and self.wrong)
        return self.firm and plain and len(self.all_values) <= told

    @property
    def is_weak(self) -> bool:
        """Whether what speaks are weak words alone, which a report may say of what came in: `刚刚又多了150元`."""
        return "that" not in self.acts and all(mark.value == "weak" or mark.kind == "last" for mark in self.spans)

    @property
    def takes_a_step(self) -> bool:
        """Whether a word says that what was reported was too much or too little, by a difference."""
        return any(mark.kind in ("more", "less") and mark.value != "weak" for mark in self.spans)

    @property
    def takes_a_part(self) -> bool:
        """Whether what was too much is to go, and not the whole report."""
        return bool(self.sign) and not any(mark.kind == "back" and mark.value != "part" for mark in self.spans)

    def covers(self, token: Token) -> bool:
        """Whether a token lies within a word of correcting."""
        return _within(token, [(mark.start, mark.end) for mark in self.spans if mark.value != "dated"])

    def sets_aside(self, token: Token) -> bool:
        """Whether a token tells what was wrong, or what is not to be changed."""
        return _within(token, self.aside)

    def unchanged(self, token: Token) -> bool:
        """Whether a token tells what is not to be changed."""
        return _within(token, self.same)

    def takes(self, token: Token) -> bool:
        """Whether a token stands in a clause with a word of taking back."""
        return _within(token, self.taking)


def _within(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def mending_of(text: str, tokens: Sequence[Token]) -> Mending:
    """The sides of a line."""
    marks = list(_marks(text, tokens))
    stretches = list(_roles(text, tokens, marks))
    acts = _acts(marks)
    mended = Mending(acts=acts, spans=tuple(marks), firm="arrow" not in acts)
    mended.sign = -1 if "more" in acts else 1 if "less" in acts else 0
    _settle(stretches, mended)
    mended.aside = tuple((each.start, each.end) for each in stretches if each.role in ("wrong", "dropped"))
    mended.same = tuple((each.start, each.end) for each in stretches if each.role == "dropped")
    head = stretches[0] if stretches else None
    untold = head is not None and head.valued and head.role == "lead" and bool(head.lead)
    mended.firm = mended.firm and not (untold and "wrong" in acts and not acts & {"last", "more", "less"})
    mended.alone = sum(len(each.text) for each in stretches) <= REMAINDER
    mended.lead = "".join(each.lead for each in stretches)
    backs = [mark for mark in marks if mark.kind == "back"]
    mended.taking = tuple(_clause_around(mark, tokens, len(text)) for mark in backs)
    lead = ""
    for nth, each in enumerate(stretches):
        if not each.valued:
            lead = each.lead if each.lead and each.role != "dropped" else lead
            words = {"wrong": mended.wrong_words, "put": mended.wrong_words, "right": mended.right_words}
            words.get(each.role, []).append(each.text)
            continue
        told = f"{lead} {each.text}" if lead else each.text
        mended.all_values.append(told)
        sides = {"wrong": mended.wrong, "right": mended.right, "step": mended.step}
        sides.get(each.role, []).append(told)
        if each.role == "wrong" and each.labels:
            lead = each.labels
        if each.role == "right" and not _shares(stretches[nth + 1 :]):
            lead = ""
    return mended


def _acts(marks: Sequence[Mark]) -> frozenset[str]:
    """The classes and values of the words; a weak one acts only beside one that points at a report."""
    pointed = any(mark.kind in POINTS for mark in marks)
    acting = [mark for mark in marks if mark.value != "weak" or pointed]
    return frozenset(name for mark in acting for name in (mark.kind, mark.value))


def _clause_around(mark: Mark, tokens: Sequence[Token], length: int) -> tuple[int, int]:
    cuts = [token for token in tokens if token.kind in _CUTS]
    start = max((cut.end for cut in cuts if cut.end <= mark.start), default=0)
    return start, min((cut.start for cut in cuts if cut.start >= mark.end), default=length)


def _shares(following: Sequence[_Stretch]) -> bool:
    """Whether the next figure is of the other side, and so of the same thing: `人次是87不是78`."""
    return bool(following) and following[0].valued and following[0].role == "wrong"


def _settle(stretches: list[_Stretch], mended: Mending) -> None:
    """Roles that depend on what else is told: where nothing is said to be right, what stands behind a mistake is."""
    told = {each.role for each in stretches if each.valued}
    named = any(each.role == "right" and not each.valued for each in stretches)
    denied = "not" in mended.acts and not told & {"right", "after"}
    for each in stretches:
        if each.role == "put":
            each.role = "wrong"
        elif each.role == "before":
            each.role = "right" if "put" in told and not told & {"right", "after"} else "wrong"
        elif each.role == "was":
            each.role = "right" if denied else "wrong"
        elif each.role == "pointed":
            mixed = denied and not each.valued and not named
            each.role = "right" if mixed else "wrong" if each.valued and told & {"right", "after"} else "lead"
        elif each.role == "after":
            each.role = "lead" if "right" in told or named or (each.valued and "before" in told) else "right"
        elif each.role == "step" and told & {"right", "after"}:
            each.role = "lead"
    if denied and not any(each.role == "right" and each.valued for each in stretches):
        ahead = [each for each in stretches if each.valued and each.role == "lead"]
        if len(ahead) == 1 and any(each.valued and each.role == "wrong" for each in stretches):
            ahead[0].role = "right"


def _marks(text: str, tokens: Sequence[Token]) -> Iterator[Mark]:
    """The words of correcting, longest first, none inside a figure or a name."""
    closed = [token for token in tokens if token.kind in ("own", "name") or (token.figure and token.text not in NOUGHT)]
    held = {place for token in closed for place in range(token.start, token.end)}
    words, at = lexicon(WORDS), 0
    while at < len(text):
        found = _mark_at(text, at, held) if at not in held and text[at] in words.lengths else None
        if found is None:
            at += 1
            continue
        if found.kind != "none":
            yield found
        at = found.end


def _mark_at(text: str, at: int, held: set[int]) -> Mark | None:
    for end in lexicon(WORDS).words_at(text, at):
        if any(place in held for place in range(at, end)):
            continue
        behind = end
        while behind < len(text) and text[behind] in " :了":
            behind += 1
        senses = sorted(
            lexicon(WORDS).senses[text[at:end]],
            key=lambda sense: (sense.value != "touching", sense.kind != "was", sense),
        )
        for sense in senses:
            if sense.value not in ("touching", "arrow") or _is_value(text, behind):
                return Mark(sense.kind, sense.value, at, end)
    return None


def _is_value(text: str, at: int) -> bool:
    """Whether a figure of money or gifts begins at a place, whatever stands ahead of it."""
    return (
        any(figure.kind in MONEY for figure in figures_at(text[at : at + LONGEST_FIGURE], 0))
        if at < len(text)
        else False
    )


def _roles(text: str, tokens: Sequence[Token], marks: Sequence[Mark]) -> Iterator[_Stretch]:
    """Every stretch between words of correcting and the ends of clauses, with what it is."""
    cuts = [(token.start, token.end, "") for token in tokens if token.kind in _CUTS]
    cuts += [(mark.start, mark.end, SWAPPED if mark.value == SWAPPED else mark.kind) for mark in marks]
    state: Role = "lead"
    clause, begun, since = 0, 0, 0
    waiting: list[_Stretch] = []
    for start, end, kind in [*sorted(cuts), (len(text), len(text), "")]:
        if start < begun:
            continue
        if stretch := _stretch(text, tokens, begun, start, clause, state):
            stretch.loose = clause > since
            waiting.append(stretch)
        begun = end
        if kind in ("same", SWAPPED):
            _ahead(waiting, clause, "dropped")
        elif kind in _AHEAD and state in ("lead", "pointed", "after", "right"):
            _ahead(waiting, clause, _AHEAD[kind], settled=kind != "becomes")
        if not kind:
            clause += 1
            ended = any(each.clause == clause - 1 and each.role == state for each in waiting)
            state = "after" if state in ("wrong", "put", "step", "was") and ended else state
            state = "lead" if state == "pointed" else state
        since = clause if kind in _BEHIND else since
        state = _BEHIND.get(kind, state)
    yield from waiting


def _ahead(stretches: Sequence[_Stretch], clause: int, role: Role, *, settled: bool = True) -> None:
    """What a word says of the stretches ahead of it in its clause; before 改成 even what was called right is wrong."""
    for each in stretches:
        loose = each.role == "right" and (each.loose or not settled)
        open_still = each.role in ("lead", "pointed", "after", "was") or loose
        if each.clause == clause and (each.valued or role == "dropped") and open_still:
            each.role = role


def _stretch(text: str, tokens: Sequence[Token], start: int, end: int, clause: int, role: Role) -> _Stretch | None:
    said = text[start:end].strip(" :")
    if not said:
        return None
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    valued = any(token.figure and token.figure.kind in MONEY for token in inside) or _is_value(said, 0)
    lead = "".join(token.text for token in inside if token.has("label") or token.has("kind") or token.has("channel"))
    labels = "".join(token.text for token in inside if token.has("label"))
    return _Stretch(said, start, end, valued, lead, labels, clause, role, loose=False)
