"""What a line wants, guessed by a linear model that was trained on `data/intents.tsv` by `make intents`.

A guess never books anything: a write needs the grammar, and a guess may at most turn a booking into a question. The
model sees the line masked (figures, dates, telephones, codes, names are signs), as the set of its runs of one to three
characters; each run has a weight for some of the intents. Their sum, put on a scale by the length of the line, gives
probabilities that are true of lines it has not seen: training tries it on held-out lines and sets the scale by them.
Runs that training never met say nothing and make the guess less sure.

Complaints have a threshold of their own (`Guess.complaint`), chosen so that hardly one is missed, whatever else a line
looks like: a false QR code pasted over ours is an incident and no request for the code.
"""

import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from importlib.resources import files
from math import exp, sqrt
from typing import cast, get_args

from handlers.language.per_campaign import once_per_campaign
from handlers.language.text import normalise
from handlers.language.words import Opinion
from storage.campaign_schema import Campaign

__all__ = ["Guess", "Model", "campaign_names", "grams", "guess", "masked", "model"]

LONGEST = 3
"""Characters of the longest run that is looked at."""
NAME, ADDRESS, TELEPHONE, CODE, DATE, FIGURE = "◎↗☎※¤§"
"""What stands for a name, a web address, a telephone, a code, a date or time of day, a figure."""
_NUMERAL = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿"
_MASKED = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s一-鿿]+)"
    r"|(?P<telephone>(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?\d{7,8})(?!\d))"
    r"|(?P<code># ?\d+|(?<!\d)(?<!\d[.,])0\d{3,8}(?![.,]?\d)"
    r"|(?<![0-9a-zA-Z])(?!\d+(?i:[wk]|yuan|rmb|cny)?(?![0-9a-zA-Z]))"
    r"(?:(?=[a-zA-Z]*\d)(?=\d*[a-zA-Z])[0-9a-zA-Z]{8}|[a-z0-9]{4} [a-z0-9]{4}(?<=\d[a-z0-9]{4})"
    r"|[2-9A-HJ-NP-Z]{8})(?![0-9a-zA-Z]))"
    rf"|(?P<date>(?:\d{{2,4}}年)?\d{{1,2}}月(?:\d{{1,2}}[日号]?)?|\d{{2,4}}年|(?<!\d)\d{{1,2}}[日号](?!\d)"
    rf"|\d{{4}}-\d{{1,2}}-\d{{1,2}}|(?<!\d)\d{{1,2}}(?::\d{{2}}|[时点](?:\d{{1,2}}分?|半)?)"
    rf"|[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}[日号]|[一二三四五六七八九十]{{1,3}}(?:号|(?<!一)点|(?<=十一)点)(?:半|[{_NUMERAL}]{{1,3}}分)?)"
    r"|(?P<figure>\d[\d,.]*(?: ?[wk千万百亿])?"
    rf"|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾][{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)"
)
_SIGNS = {
    "address": ADDRESS, "telephone": TELEPHONE, "code": CODE, "date": DATE, "figure": FIGURE,
}  # fmt: skip
ZERO = 128
"""The byte that stands for a weight of nothing."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}", re.DOTALL)
_BLANK = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a line wants, and how surely: `best` with its probability, and the `second`.

    `margin` is what is between the two, 0 to 1. `complaint`: it may be one, whatever is best; nothing that could be a
    complaint is to be answered as something else without the way to report one.
    """

    best: Opinion
    probability: float
    second: Opinion
    second_probability: float
    complaint: bool

    @property
    def margin(self) -> float:
        return self.probability - self.second_probability

    def surely(self, intent: str) -> "Guess":
        """The same, where somebody who knows says what the line wants. ValueError for what is no intent."""
        if intent not in get_args(Opinion):
            raise ValueError(f"{intent!r} is no intent")
        best = cast(Opinion, intent)
        second = self.second if self.best == best else self.best
        return replace(self, best=best, probability=1.0, second=second, second_probability=0.0)


class Model:
    """The artefact, opened: for every run the places of the intents it speaks for or against, and how much.

    ValueError where the intents of the artefact are not those of the program: `make intents` was forgotten.
    """

    def __init__(self, artefact: bytes) -> None:
        head, runs, pairs = zlib.decompress(artefact).split(b"\n\n", 2)
        told = json.loads(head)
        if sorted(get_args(Opinion)) != told["intents"]:
            raise ValueError("intents.bin was trained for other intents; run `make intents`")
        self.data, self.read = str(told["data"]), str(told["read"])
        """SHA-256 of the data file, and of its rows as they were read."""
        self.intents: tuple[Opinion, ...] = tuple(told["intents"])
        self.runs: dict[str, int] = {}
        """Where in the artefact's pairs a run begins: how many intents it speaks of, which, and how much of each."""
        self._pairs = pairs
        self._bias: list[float] = told["bias"]
        self._step, self._factor, self._complaint = (float(told[name]) for name in ("step", "factor", "complaint"))
        at = 0
        for run in runs.decode().split("\n"):
            self.runs[run] = at
            at += 1 + 2 * pairs[at]

    def guess(self, line: str) -> Guess:
        """The guess for a masked line."""
        sums, pairs = [0] * len(self.intents), self._pairs
        said = grams(line)
        for run in said:
            if (at := self.runs.get(run)) is not None:
                end = at + 1 + pairs[at]
                for place, weight in zip(pairs[at + 1 : end], pairs[end : end + pairs[at]], strict=True):
                    sums[place] += weight - ZERO
        unit = self._step / sqrt(len(said))
        decisions = [bias + unit * total for bias, total in zip(self._bias, sums, strict=True)]
        return guessed(self.intents, decisions, self._factor, self._complaint)


def guessed(intents: Sequence[Opinion], decisions: Sequence[float], factor: float, complaint: float) -> Guess:
    """What some decisions come to: probabilities by `factor`, a complaint from the level `complaint`."""
    best, second = nlargest(2, range(len(intents)), key=decisions.__getitem__)
    parts = [exp(factor * (decision - decisions[best])) for decision in decisions]
    return Guess(
        intents[best],
        1 / sum(parts),
        intents[second],
        parts[second] / sum(parts),
        complains(decisions, intents.index("incident")) >= complaint,
    )


def complains(decisions: Sequence[float], incident: int) -> float:
    """How far a line is a complaint: its own decision, less a third of what speaks most for anything else."""
    return decisions[incident] - max(d for place, d in enumerate(decisions) if place != incident) / 3


@lru_cache(maxsize=1)
def model() -> Model:
    """The artefact that comes with the program, opened once, when the first line is guessed."""
    return Model(files("handlers.understand").joinpath("data/intents.bin").read_bytes())


def guess(text: str, names: tuple[str, ...] = ()) -> Guess:
    """The guess for a line, the campaign's `names` (regions, projects) told, longest first."""
    return model().guess(masked(normalise(text), names))


def masked(text: str, names: tuple[str, ...] = ()) -> str:
    """A normalised text as the model sees it: signs for what differs from day to day, no blanks, nothing drawn out.

    What is masked already stays as it is, so that a masked line can be kept and taught.
    """
    if names:
        text = _any_of(names).sub(NAME, text)
    text = _MASKED.sub(_sign, text)
    text = _BLANK.sub("", text.casefold()).replace("\n", ",")
    return _DRAWN_OUT.sub(r"\1\1", text)


def grams(line: str) -> set[str]:
    """The runs of one to three characters of a masked line, its beginning and end marked."""
    said = f"^{line}$"
    return {said[start : start + size] for size in range(1, LONGEST + 1) for start in range(len(said) - size + 1)}


@once_per_campaign
def campaign_names(campaign: Campaign) -> tuple[str, ...]:
    """What people call the regions and projects of a campaign, the longest first."""
    places = {name for region in campaign.regions for name in (region.name, *region.aliases)}
    projects = {name for project in campaign.projects for name in (project.name, *project.aliases)}
    short = {region.name[:-1] for region in campaign.regions if region.name[2:] and region.name[-1] in "县区市"}
    return tuple(
        sorted((name for name in map(normalise, places | projects | short) if name[1:]), key=lambda n: (-len(n), n))
    )


def _sign(found: re.Match[str]) -> str:
    """Nothing at all (`0元`) is not any figure: it keeps its zero."""
    return _SIGNS[found.lastgroup or ""] if found[0].strip("0.,") else "0"


@lru_cache(maxsize=32)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names)))
