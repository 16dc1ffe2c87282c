"""Forms of words that recur: read by the grammar once, and again at the cost of one expression.

Most reports are said in a few forms of words, and differ by their figures alone. What the grammar made of a form is
kept, and made again with the figures of the next line. It is no second reader: a form is kept only where the grammar
reads a report of one production in it, and reads it alike with the least and the greatest figures that are written
with as many digits, at other times of the day. Since whatever it asks of a figure is whether that is more or less than
something, it reads those between alike as well; what it asks besides (years, zeros ahead) is not in a form.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from decimal import Decimal
from functools import wraps
from itertools import count, pairwise, product
from typing import Any, NamedTuple
from unicodedata import category, normalize

from handlers.language.figure_kinds import FigureKind
from handlers.language.figures import Figure
from handlers.language.names import spoken_names
from handlers.language.unit_spelling import simplified
from handlers.understand.claim import Claim, Claims
from handlers.understand.ear import Ear, names_of
from handlers.understand.normal import Line
from handlers.understand.readings import Reading, Report
from handlers.understand.tokens import Token

Read = Callable[[str, Ear], Reading]
Figures = Sequence[str]
"""The figures of a line as they are written, in their order."""

LONGEST = 60
"""Characters of a line that is a form of words."""
MOST_FORMS, MOST_SEEN, MOST_UNITS, MOST_CAMPAIGNS = 512, 4096, 2048, 32
"""How many forms are kept of a campaign's version, shapes of lines that came once, units' names, and versions."""
_RUN, _DIGIT = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"\d")
_PLAIN = re.compile(r"(?!(?:19|20)\d\d$)[1-9]\d{0,6}(?:\.(?!0+$)\d{1,2})?")
"""An ordinary figure: no year, no zeros ahead, none alone behind the point."""
_LEAST_DIGITS = 3
"""An amount has as many before its point, and more than its count has: below, a figure may be a day or a place."""
_TIMES = (timedelta(0), timedelta(days=3, hours=7), timedelta(days=17, hours=13), timedelta(days=250, hours=19))
_COUNTERS = frozenset({"No", "Nl", "So"})
"""Categories of characters that are numbers or pictures by themselves."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the grammar makes of a form of words. `line`: the line it reads, with `{0}` and `{1}` for the figures.

    `rest`: what its claims have between those and the tokens.
    """

    report: Report
    letters: str
    line: str
    figures: "tuple[FigureAt, ...]"
    claims: "tuple[ClaimOf, ...]"
    rest: tuple[Any, ...]

    def told(self, text: str, figures: Figures) -> Report:
        """The report that a line of this form is."""
        said = self.report
        of = said.claims
        tokens = list(of.tokens)
        for figure, written in zip(self.figures, figures, strict=True):
            tokens[figure.place] = figure.token(written)
        line = Line(text, self.line.format(*figures), of.line.origin)
        claims = tuple([claim.told(figures) for claim in self.claims])
        told: list[Any] = [line, of.campaign, claims, *self.rest, tuple(tokens)]
        return Report(Claims(*told), said.whole, said.headed, said.complaint)

    def may_name(self, names: Sequence[str]) -> bool:
        """Whether something in a line of this form could be one of the names, in whatever spelling."""
        return any(
            name[-1] == "0" or any(name.find(behind, name.find(ahead) + 1) > 0 for ahead, behind in self._pairs(name))
            for name in names
        )

    def _pairs(self, name: str) -> Iterator[tuple[str, str]]:
        return (pair for pair in pairwise(self.letters) if pair != ("0", "0") and pair[0] in name)


class FigureAt(NamedTuple):
    """The token of a figure: which one it is, what is typed around it, and what is behind its value."""

    place: int
    start: int
    end: int
    ahead: str
    behind: str
    kind: FigureKind
    rest: tuple[Any, ...]

    def token(self, written: str) -> Token:
        figure = Figure(self.kind, self.end, Decimal(written), *self.rest)
        return Token("figure", self.start, self.end, f"{self.ahead}{written}{self.behind}", figure=figure)


class ClaimOf(NamedTuple):
    """A claim: its amount and count, or which figure each of them is, and what is behind them."""

    amount_fen: int | None
    gifts: int | None
    amount: int | None
    gift: int | None
    rest: tuple[Any, ...]

    def told(self, figures: Figures) -> Claim:
        return Claim(
            self.amount_fen if self.amount is None else int(Decimal(figures[self.amount]) * 100),
            self.gifts if self.gift is None else int(figures[self.gift]),
            *self.rest,
        )


def _behind(of: Any, known: int) -> tuple[Any, ...]:
    """The fields of a value behind those that are known."""
    return tuple(getattr(of, each.name) for each in fields(of)[known:])


@dataclass(slots=True)
class Forms:
    """The forms that recur in a campaign, for ears that differ by her team and the time alone.

    `_seen`: digests of shapes that came once; a form is looked for in what comes again. None is kept of a shape that
    is no form.
    """

    ear: Ear
    _forms: dict[str, Form | None] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)
    _names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def hear(self, ear: Ear) -> bool:
        """Whether they hold for an ear."""
        mine = self.ear
        same = mine.campaign is ear.campaign and mine.heads is ear.heads and mine.drives == ear.drives
        return same and mine.taught == ear.taught and mine.coordinates == ear.coordinates

    def read(self, text: str, ear: Ear, figures: Figures, anew: Read) -> Reading:
        """What the line is: by its form, else by the grammar, which may find that it has one."""
        shape = _DIGIT.sub("0", text)
        if shape in self._forms:
            form = self._forms[shape]
            if form is None or form.may_name(self._names_of(ear)):
                return anew(text, ear)
            return form.told(text, figures)
        said = anew(text, ear)
        if hash(shape) in self._seen:
            self._keep(shape, form_of(text, figures, said, ear, anew))
        elif isinstance(said, Report):
            self._note(shape)
        return said

    def _names_of(self, ear: Ear) -> tuple[str, ...]:
        """What her unit may be called."""
        if not ear.teams:
            return ()
        unit = ear.teams[0].unit
        if (names := self._names.get(unit)) is None:
            if len(self._names) >= MOST_UNITS:
                self._names.clear()
            spoken = {unit, ear.teams[0].unit_key, *spoken_names(ear.campaign, unit)}
            names = self._names[unit] = tuple(filter(None, map(_letters, spoken)))
        return names

    def _note(self, shape: str) -> None:
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen.add(hash(shape))

    def _keep(self, shape: str, form: Form | None) -> None:
        if len(self._forms) >= MOST_FORMS:
            self._forms.clear()
        self._forms[shape] = form


def recurring(read: Read) -> Read:
    """A reader that knows forms of words again. It reads what `read` does, whatever comes."""
    kept: dict[int, Forms] = {}

    @wraps(read)
    def known(text: str, ear: Ear) -> Reading:
        figures = _figures_of(text, ear)
        if figures is None:
            return read(text, ear)
        forms = kept.get(id(ear.campaign))
        if forms is None or not forms.hear(ear):
            if len(kept) >= MOST_CAMPAIGNS:
                kept.clear()
            forms = kept[id(ear.campaign)] = Forms(replace(ear, teams=()))
        return forms.read(text, ear, figures, read)

    return known


def _figures_of(text: str, ear: Ear) -> Figures | None:
    """The figures of a line that may have a form; None for any other."""
    if len(text) > LONGEST or "\n" in text or len(ear.teams) > 1 or ear.coordinates or ear.answering:
        return None
    figures = _RUN.findall(text)
    return figures if 1 <= len(figures) <= 2 and all(map(_PLAIN.fullmatch, figures)) else None


def form_of(text: str, figures: Figures, said: Reading, ear: Ear, anew: Read) -> Form | None:
    """The form of a line that the grammar has read; None where it has none that is sure."""
    if not isinstance(said, Report) or not said.whole or any(category(char) in _COUNTERS for char in text):
        return None
    form = _form(text, figures, said, ear)
    if form is None or any(_letters(name) in form.letters for name in _names_with_digits(ear)):
        return None
    if ear.teams and form.may_name(tuple(map(_letters, spoken_names(ear.campaign, ear.teams[0].unit)))):
        return None
    for other, later in zip(_extremes(figures), _TIMES, strict=False):
        line = _RUN.sub("{}", _escaped(text)).format(*other)
        if form.told(line, other) != anew(line, replace(ear, now=ear.now + later)):
            return None
    return form


def _form(text: str, figures: Figures, said: Report, ear: Ear) -> Form | None:
    """The form that a line would have: each of its figures is one claim's amount or count, and nobody is named."""
    claims, tokens = said.claims.claims, said.claims.tokens
    values = [Decimal(figure) for figure in figures]
    at = [place for place, token in enumerate(tokens) if token.figure]
    if [token.figure.value for token in tokens if token.figure] != values or any(map(_names_hers, tokens)):
        return None
    if any(_goes_by_her_unit(tokens, place) for place in range(len(tokens))):
        return None
    amounts = tuple(_place_of(claim.amount_fen, [value * 100 for value in values]) for claim in claims)
    gifts = tuple(_place_of(claim.gifts, values) for claim in claims)
    had = [nth for nth in (*amounts, *gifts) if nth is not None]
    if sorted(had) != list(range(len(figures))) or not _is_ordinary(figures, amounts, gifts):
        return None
    line = _RUN.sub(_numbered(), _escaped(said.claims.line.text))
    figures_at = tuple(_figure_at(place, tokens[place], figure) for place, figure in zip(at, figures, strict=True))
    claims_of = tuple(
        ClaimOf(claim.amount_fen, claim.gifts, amount, nth, _behind(claim, 2))
        for claim, amount, nth in zip(claims, amounts, gifts, strict=True)
    )
    return Form(said, _letters(text), line, figures_at, claims_of, _behind(said.claims, 3)[:-1])


def _figure_at(place: int, token: Token, written: str) -> FigureAt:
    if token.figure is None:
        raise ValueError("a figure's token has its figure")
    ahead, _, behind = token.text.partition(written)
    return FigureAt(place, token.start, token.end, ahead, behind, token.figure.kind, _behind(token.figure, 3))


def _place_of(value: int | None, values: Sequence[Decimal]) -> int | None:
    return next((nth for nth, each in enumerate(values) if each == value), None) if value is not None else None


def _is_ordinary(figures: Figures, amounts: Sequence[int | None], gifts: Sequence[int | None]) -> bool:
    """Whether each amount is written with digits enough, and with more than any count, which has no point."""
    whole = [len(figure.partition(".")[0]) for figure in figures]
    least = min((whole[nth] for nth in amounts if nth is not None), default=0)
    counts = [nth for nth in gifts if nth is not None]
    return least >= _LEAST_DIGITS and all(whole[nth] < least and "." not in figures[nth] for nth in counts)


def _names_hers(token: Token) -> bool:
    """Whether a token names a unit or a person, or what she may have a team in."""
    return token.kind in ("own", "unit", "person") or token.name == "project"


def _goes_by_her_unit(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word for a kind of unit (`+1000元院`) is hers or another's by what her own unit is; beside 我们 it is
    hers."""
    beside = (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])
    of_a_kind = tokens[place].has("of") or tokens[place].has("ending")
    return of_a_kind and not any(each.has("whose", "own") for each in beside)


def _names_with_digits(ear: Ear) -> list[str]:
    """Names of the campaign that a figure could be in (99公益日)."""
    names = (name for named in names_of(ear.campaign).values() for name, _ in named)
    return [name for name in names if any(map(str.isdigit, name))]


def _extremes(figures: Figures) -> Iterator[Figures]:
    """Lines of figures, each the least or the greatest of those written alike."""
    return product(*(("1" + _rest(figure, "0", "1"), "9" + _rest(figure, "9", "9")) for figure in figures))


def _rest(figure: str, digit: str, last: str) -> str:
    whole, point, part = figure.partition(".")
    return digit * (len(whole) - 1) + point + (digit * (len(part) - 1) + last if part else "")


def _numbered() -> Callable[[re.Match[str]], str]:
    """Figures as `{0}`, `{1}`, in their order."""
    numbers = count()
    return lambda _: f"{{{next(numbers)}}}"


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _letters(text: str) -> str:
    """The letters of a text in one spelling, with `0` for each digit."""
    folded = simplified(normalize("NFKC", text)).casefold()
    return "".join("0" if char.isdigit() else char for char in folded if char.isalnum())
