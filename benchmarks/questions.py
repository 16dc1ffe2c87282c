"""How well rule questions are answered: right, wrong, invented, declined, time and memory, per set of questions.

The sets of `tests/data/` were written apart from the phrasings in the campaign files. A question counts as right first
where the right entry is the answer or stands first in a choice, as offered where a choice holds it anywhere. Wrong is
an answer that is not the right one; invented, among all questions, one that does not say that the document is silent.
A question that the document does not answer is declined where no entry is given as the answer, or one that says that
the document is silent about it.
What each set gave when it was first asked stands at its head. All but the last were tuned on since: its figures are the
ones to expect of questions nobody has seen.
"""

import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from statistics import quantiles
from timeit import repeat

from rich.console import Console
from rich.table import Table

from handlers.rulebook.questions import Finding, Found, Near, Rulebook, Told
from storage.campaign_files import load

ROOT = Path(__file__).parents[1]
SETS = {
    "own set (150 and more)": ROOT / "tests" / "data" / "questions.tsv",
    "asked by others": ROOT / "tests" / "data" / "questions_others.tsv",
    "asked by strangers": ROOT / "tests" / "data" / "questions_strangers.tsv",
    "fourth set": ROOT / "tests" / "data" / "questions_f1.tsv",
    "fifth set": ROOT / "tests" / "data" / "questions_f2.tsv",
    "sixth set": ROOT / "tests" / "data" / "questions_f3.tsv",
    "seventh set, asked once": ROOT / "tests" / "data" / "questions_f4.tsv",
}
WANTED = ("≥ 95 %", "≥ 97 %", "≤ 2 %", "0 %", "≥ 95 %", "≤ 5 ms")


@dataclass(frozen=True, slots=True)
class Case:
    """A question to one campaign and the entries that answer it; none where the document does not hold it."""

    campaign: str
    question: str
    entries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the questions that can be answered, of all (`invented`), of those that cannot (`declined`); the p99."""

    right_first: float
    right_or_offered: float
    wrong: float
    invented: float
    declined: float
    p99_ms: float


def read(path: Path) -> Iterator[Case]:
    """The cases of a file: `# campaign: ID` above its lines of kind, question and entries."""
    campaign = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# campaign:"):
            campaign = line.partition(":")[2].strip()
        elif line and not line.startswith("#"):
            _, question, entries = line.split("\t")
            yield Case(campaign, question, frozenset(entries.split("|")) - {"-"})


@cache
def book_of(campaign: str) -> Rulebook:
    """The indexed rulebook of a packaged campaign."""
    return Rulebook(load(ROOT / "campaigns" / campaign))


def measure(cases: Sequence[Case]) -> Rates:
    """Ask every question, and then time it in a warm process: best of three, without the machine's other work."""
    findings = [book_of(case.campaign).ask(case.question) for case in cases]
    seconds = [min(repeat(partial(book_of(case.campaign).ask, case.question), number=1, repeat=3)) for case in cases]
    asked = [(case, finding) for case, finding in zip(cases, findings, strict=True) if case.entries]
    unheld = [finding for case, finding in zip(cases, findings, strict=True) if not case.entries]
    first = sum(bool(case.entries.intersection(_offered(finding)[:1])) for case, finding in asked)
    held = sum(bool(set(_offered(finding)) & case.entries) for case, finding in asked)
    wrong = sum(_answers(f) and not case.entries.intersection(_offered(f)) for case, f in asked)
    astray = (f for case, f in zip(cases, findings, strict=True) if not case.entries.intersection(_offered(f)))
    return Rates(
        right_first=first / len(asked),
        right_or_offered=held / len(asked),
        wrong=wrong / len(asked),
        invented=sum(_answers(f) and not _declines(f) for f in astray) / len(cases),
        declined=sum(map(_declines, unheld)) / len(unheld),
        p99_ms=quantiles(seconds, n=100)[-1] * 1000,
    )


def main() -> None:
    """Print the table."""
    console = Console(width=110, highlight=False)
    columns = ("right first", "right or offered", "wrong", "invented", "declined", "p99")
    table = Table("rule questions", "questions", *columns, title="Rule questions over five campaigns")
    before = _peak_mib()
    for name, path in SETS.items():
        cases = list(read(path))
        rates = measure(cases)
        shares = (rates.right_first, rates.right_or_offered, rates.wrong, rates.invented, rates.declined)
        table.add_row(name, str(len(cases)), *(f"{share:.1%}" for share in shares), f"{rates.p99_ms:.1f} ms")
    table.add_row("wanted", "", *WANTED)
    console.print(table)
    console.print(f"five rulebooks and the pronunciation tables: {_peak_mib() - before:.0f} MiB (≤ 40 wanted)")


def _offered(finding: Finding) -> list[str]:
    """The entries a finding gives, best first."""
    if isinstance(finding, Found):
        return [finding.rule.id]
    return [rule.id for rule in finding.rules] if isinstance(finding, Near) else []


def _answers(finding: Finding) -> bool:
    return isinstance(finding, Found | Told)


def _declines(finding: Finding) -> bool:
    return not _answers(finding) or (isinstance(finding, Found) and finding.rule.status == "not stated")


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
