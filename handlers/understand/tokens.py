"""A line cut into tokens that cover every character: figures, names, words of the lexicon, breaks, and what is unknown.

The cover of lowest cost over all figures, names and words that could stand somewhere is taken, so that `一共`, `一小`
and `三(2)班` need no look-arounds. Nothing is dropped: what is left is a token as well, and says that it is unknown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from unicodedata import category

from handlers.language.figure_kinds import FigureKind
from handlers.language.figures import Figure, figures_at
from handlers.language.numerals import DIGITS, MULTIPLIERS
from handlers.language.wordlists import rows
from handlers.understand.ear import Ear, goes_on_before, names_of
from handlers.understand.lexicon import Lexicon, Sense, Senses, lexicon
from handlers.understand.normal import QUOTED, SEPARATOR, Line

TokenKind = Literal[
    "word", "figure", "own", "unit", "name", "person", "gap", "break", "stop", "open", "close", "quoted", "unknown"
]
Edge = tuple[int, float, TokenKind, Senses | Figure | tuple[str, ...] | str]
Names = Mapping[str, tuple[tuple[str, str], ...]]
"""The campaign's names by first character: the name and what it names."""
Step = tuple[float, int, Edge | None]
"""The lowest cost of a cover up to a place, from where its last edge comes, and that edge."""

_FIGURE_STARTS = frozenset(
    f"0123456789{DIGITS}{MULTIPLIERS}第前初高#+.·点几数尾工学单房车航邮取验卡账身qQnNtTW百(（二两"
)
_GAPS = frozenset(f" :|/\"'“”‘’《》〈〉「」#*_·•-—–−=→>@&^`\\{SEPARATOR}")
_BREAKS, _STOPS = frozenset(",、"), frozenset("。!;\n?…")
_OPEN, _CLOSE = frozenset("([{【〔"), frozenset(")]}】〕")
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORT = "|".join(f"{short}(?![{never}])" for short, _, never in rows("language/short_schools"))
_SHORT_SCHOOL = re.compile(rf"第?[{DIGITS}十\d]{{1,3}}(?:{_SHORT})")
"""三中, 第2小, 一院: a school or a hospital as people call it."""
_NUMERALS = frozenset(f"第十{DIGITS}")
"""What it may begin with, beside a digit."""
_UNIT_HEAD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
LONGEST_UNIT_HEAD = 12
"""Characters before the ending of a unit's name that are looked at: a longer name is not found without its commas."""
_NOTHING: Senses = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the line. `senses` of a word, the `figure` of a figure, `codes` of her own teams that a name means.

    `name`: what a name names (region, area, project, campaign), or that a person's comes with a title (titled).
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    senses: Senses = _NOTHING
    figure: Figure | None = None
    codes: tuple[str, ...] = ()
    name: str = ""

    def has(self, kind: str, *values: str) -> bool:
        """Whether the word has a sense of a class, and of one of these values of it."""
        senses = self.senses
        if not senses:
            return False
        if not values:
            return kind in _kinds_of(senses)
        if len(values) == 1:
            return (kind, values[0]) in senses
        return not senses.isdisjoint([(kind, value) for value in values])

    def is_figure(self, *kinds: FigureKind) -> bool:
        """Whether it is a figure of one of some kinds."""
        return self.figure is not None and self.figure.kind in kinds

    @property
    def is_value(self) -> bool:
        """Whether it is a figure that may be one of a report."""
        return self.is_figure("money", "gifts", "bare")


@lru_cache(maxsize=4096)
def _kinds_of(senses: Senses) -> frozenset[str]:
    return frozenset(sense.kind for sense in senses)


def tokens_of(line: Line, ear: Ear, words: Lexicon | None = None) -> tuple[Token, ...]:
    """The tokens of a line, in order, each character in exactly one. `words`: by default those of reports."""
    text, words = line.text, words or lexicon()
    best: list[Step] = [(0.0, 0, None), *((float("inf"), 0, None) for _ in text)]
    units, names, spelled = _units_by_start(text, words), names_of(ear.campaign), ear.names_spelled(text)
    for at in range(len(text)):
        cost = best[at][0]
        for edge in _edges(text, at, ear, words, names, units.get(at, ())):
            if cost + edge[1] < best[edge[0]][0]:
                best[edge[0]] = (cost + edge[1], at, edge)
        for end, codes in spelled.get(at, ()):
            if cost + 0.3 < best[end][0]:
                best[end] = (cost + 0.3, at, (end, 0.3, "own", codes))
    return tuple(_with_whose_kind(list(_own_units(_merged(_traced(text, best)), text, ear)), ear))


def _traced(text: str, best: Sequence[Step]) -> Iterator[Token]:
    steps: list[tuple[int, Edge]] = []
    at = len(text)
    while at:
        _, start, edge = best[at]
        if edge is None:
            raise ValueError("a character without a token")
        steps.append((start, edge))
        at = start
    for start, (end, _, kind, what) in reversed(steps):
        stretch = text[start:end]
        if kind == "word":
            yield Token("word", start, end, stretch, senses=what if isinstance(what, frozenset) else _NOTHING)
        elif kind == "figure":
            yield Token("figure", start, end, stretch, figure=what if isinstance(what, Figure) else None)
        elif kind == "own":
            yield Token("own", start, end, stretch, codes=what if isinstance(what, tuple) else ())
        elif kind in ("name", "person"):
            yield Token(kind, start, end, stretch, name=str(what))
        else:
            yield Token(kind, start, end, stretch)


def _inside_a_number(text: str, at: int) -> bool:
    """Whether a place is within a run of digits, where no figure begins."""
    if not at or not text[at - 1].isdigit():
        return False
    return text[at].isdigit() or (text[at] == "." and text[at + 1 : at + 2].isdigit())


def _own_units(tokens: Iterator[Token], text: str, ear: Ear) -> Iterator[Token]:
    """The tokens, of which the names of units that are hers, however they are spelt, are known as such."""
    for token in tokens:
        codes = ear.teams_called(text, token.start, token.end) if token.kind == "unit" else ()
        yield replace(token, kind="own", codes=codes) if codes else token


def _with_whose_kind(tokens: Sequence[Token], ear: Ear) -> Iterator[Token]:
    """The tokens, of which a word for a kind of unit (医院, 村里) is hers or another's: hers where a unit of hers is
    called so, and beside a word that says so (我们医院, 医院这边); behind her unit's name another's (角奎街道办). Where
    one of several is of that kind, it names that one."""
    for place, token in enumerate(tokens):
        if not _names_a_kind(token.senses):
            yield token
            continue
        kinds = [kind for sense in token.senses if sense.kind == "of" for kind in sense.value.split()] or [token.text]
        ahead, behind = tokens[max(0, place - 1) : place], tokens[place + 1 : place + 2]
        signs = token.has("office") and any(each.kind == "own" for each in ahead)
        named = any(each.kind == "own" for each in behind) or any(
            each.has("whose", "own") for each in (*ahead, *behind)
        )
        another = token.has("ending", "long") and any(each.kind == "person" and not each.name for each in ahead)
        hers = signs or named or (ear.has_unit_called(kinds) and not (another and ahead[0].end == token.start))
        if hers and not signs and (codes := ear.only_one_of(token.text)):
            yield Token("own", token.start, token.end, token.text, codes=codes)
            continue
        yield Token("word", token.start, token.end, token.text, _of_whom(token.senses, "own" if hers else "other"))


@lru_cache(maxsize=4096)
def _of_whom(senses: Senses, whose: str) -> Senses:
    return frozenset({*(sense for sense in senses if sense.kind != "whose"), Sense("whose", whose)})


@lru_cache(maxsize=4096)
def _names_a_kind(senses: Senses) -> bool:
    kinds = _kinds_of(senses)
    return "of" in kinds or ("ending" in kinds and kinds.isdisjoint(("whose", "say", "plan")))


def _merged(tokens: Iterator[Token]) -> Iterator[Token]:
    """Unknown characters side by side are one unknown run."""
    run: Token | None = None
    for token in tokens:
        if run and token.kind == "unknown":
            run = Token("unknown", run.start, token.end, run.text + token.text)
            continue
        if run:
            yield run
        run = token if token.kind == "unknown" else None
        if run is None:
            yield token
    if run:
        yield run


def _edges(text: str, at: int, ear: Ear, words: Lexicon, names: Names, units: tuple[int, ...]) -> Iterator[Edge]:
    char = text[at]
    yield at + 1, *_alone(char)
    for end in words.words_at(text, at):
        yield end, 0.5 - 0.01 * (end - at) ** 2, "word", words.senses[text[at:end]]
    if char in _FIGURE_STARTS and not _inside_a_number(text, at):
        for figure in figures_at(text, at):
            if figure.kind == "team" and figure.value is not None:
                code = f"{int(figure.value):04d}"
                hers = code in {team.code for team in ear.teams}
                yield figure.end, 0.46, ("own" if hers else "unit"), ((code,) if hers else ())
            else:
                yield figure.end, 0.48, "figure", figure
    if char in _NUMERALS or char.isdecimal():
        school = _SHORT_SCHOOL.match(text, at)
        if school and not goes_on_before(text, at):
            yield school.end(), 0.45, "unit", ()
    for name, kind in names.get(char, ()):
        if text.startswith(name, at):
            yield at + len(name), 0.4 - 0.01 * len(name) ** 2, "name", kind
    for end, codes in ear.own_names_at(text, at):
        yield end, 0.3, "own", codes
    for end in units:
        yield end, 1.0 + 0.6 * (end - at), "unit", ()
    if ("surname", "person") in words.senses.get(char, ()):
        yield from _persons(text, at, words)


def _persons(text: str, at: int, words: Lexicon) -> Iterator[Edge]:
    """A surname with a title (李老师, 杜雄同志), or with a given name, which only a cover without words takes."""
    for end in range(at + 1, min(at + 4, len(text))):
        for title in words.words_at(text, end):
            if Sense("title", "person") in words.senses[text[end:title]]:
                yield title, 0.6 + 0.5 * (end - at - 1), "person", "titled"
        if _HAN.match(text[end]) and end - at < 3:
            yield end + 1, 2.2 + 0.5 * (end - at), "person", ""


def _units_by_start(text: str, words: Lexicon) -> dict[int, tuple[int, ...]]:
    """Where names of units may begin, and where they end: some characters before an ending."""
    found: dict[int, list[int]] = {}
    for at in range(1, len(text)):
        for end in words.words_at(text, at):
            ending = next((s.value for s in words.senses[text[at:end]] if s.kind == "ending"), "")
            if not ending or text[end - 1 : end + 1] == "所以":
                continue
            least = 2 if ending == "short" and end - at == 1 else 1
            for start in range(at - 1, max(-1, at - 1 - LONGEST_UNIT_HEAD), -1):
                if not _UNIT_HEAD.match(text[start]):
                    break
                if at - start >= least and not goes_on_before(text, start):
                    found.setdefault(start, []).append(end)
    return {start: tuple(ends) for start, ends in found.items()}


@lru_cache(maxsize=4096)
def _alone(char: str) -> tuple[float, TokenKind, Senses | str]:
    """What one character is that is in no word: a break, a gap, or unknown."""
    if char == QUOTED:
        return 0.2, "quoted", ""
    if char in _STOPS:
        return 0.2, "stop", ""
    if char in _BREAKS or char == SEPARATOR or category(char) == "So":
        return 0.2, "break", ""
    if char in _OPEN:
        return 0.2, "open", ""
    if char in _CLOSE:
        return 0.2, "close", ""
    if char in _GAPS or char == "." or category(char) in ("Sk", "Cf", "Mn", "Me"):
        return 0.6, "gap", ""
    return 3.0, "unknown", ""
