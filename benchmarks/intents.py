"""How well the trained classifier guesses: what would be acted upon, wrongly acted upon, offered as one of two, asked.

`messages-m3.tsv` is held out: nothing of it is in the data. Its intents are fewer than the classifier's (`unknown` is
off-topic, a greeting, impatience or a report of zero; a team's history and rank were `team` or `rank`), so what is
right is told by `ALSO`. Nothing of the four sets of questions is in it either; whom to call, the code, the standings
and how the bot works are right for them too, and off-topic where no entry answers. The last table is the data itself,
every fifth guessed by a machine trained on the rest: its lines are no two alike, so it is the hardest.
`python -m benchmarks.intents`
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.messages import DATA as SETS
from benchmarks.messages import campaigns, cases
from handlers.understand.intents import Guess, campaign_names, guess, model
from handlers.understand.opinion import ACTS, AMONG_TWO
from training.intents import DATA, calibrate, guesses, held_out, read_rows

WRITES = ("report", "correct", "register", "retract")
ALSO = {
    "unknown": ("off_topic", "greeting", "impatience", "nothing"),
    "team": ("team", "history"),
    "rank": ("rank", "team"),
    "help": ("help", "greeting"),
}
ASKED = ("rule", "contact", "qr", "rank", "help")
ABOUT_COMPLAINTS = {"incident", "incident-deadline", "impostor", "forced", "misuse"}


@dataclass(frozen=True, slots=True)
class Guessed:
    """A line, what is right, what was guessed."""

    line: str
    right: tuple[str, ...]
    guess: Guess


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of some lines. `offered`: two are offered, `offered_right`: and one of them is right."""

    lines: int
    right: float
    among_two: float
    acted: float
    acted_wrongly: float
    offered: float
    offered_right: float
    false_alarms: float

    @property
    def asked(self) -> float:
        return 1 - self.acted - self.offered


def shares(guessed: Iterable[Guessed]) -> Shares:
    """The shares of some guesses, by the margins that `handlers.understand.intents` recommends."""
    lines = list(guessed)
    first = np.array([g.guess.best in g.right for g in lines])
    among = np.array([g.guess.best in g.right or g.guess.second in g.right for g in lines])
    acted = np.array([g.guess.margin >= ACTS for g in lines])
    both = np.array([g.guess.probability + g.guess.second_probability >= AMONG_TWO for g in lines])
    alarmed = [g.guess.complaint for g in lines if "incident" not in g.right]
    return Shares(
        len(lines),
        float(first.mean()),
        float(among.mean()),
        float(acted.mean()),
        float((acted & ~first).mean()),
        float((~acted & both).mean()),
        float((~acted & both & among).mean()),
        float(np.mean(alarmed or [False])),
    )


def fresh() -> list[Guessed]:
    """The held-out set, guessed by the artefact that comes with the program."""
    known = campaigns()
    return [
        Guessed(
            case.text,
            tuple(name for intent in case.intents for name in ALSO.get(intent, (intent,))),
            guess(case.text, campaign_names(known[case.campaign])),
        )
        for case in cases("messages-m3")
    ]


def questions() -> list[Guessed]:
    """The questions of four sets, but those about complaints, which are both."""
    known, found = campaigns(), []
    for number in range(1, 5):
        for row in (SETS / f"questions_f{number}.tsv").read_text(encoding="utf-8").splitlines():
            if row.startswith("# campaign:"):
                names = campaign_names(known[row.partition(":")[2].strip()])
            if row.startswith("# ") or ABOUT_COMPLAINTS & set(row.split("\t")[2].split("|")):
                continue
            _, asked, answers = row.split("\t")
            right = ASKED if answers != "-" else (*ASKED, "off_topic")
            found.append(Guessed(asked, right, guess(asked, names)))
    return found


def own() -> list[Guessed]:
    """The data, every line guessed by a machine that has not seen it."""
    rows = read_rows((DATA / "intents.tsv").read_text(encoding="utf-8"))
    decisions = held_out(rows)
    return [
        Guessed(row.line, (row.intent,), made)
        for row, made in zip(rows, guesses(rows, decisions, calibrate(rows, decisions)), strict=True)
    ]


def complaints() -> tuple[int, int]:
    """How many of the held-out complaints are heard, and how many there are."""
    lines = [line for line in (SETS / "complaints.tsv").read_text("utf-8").splitlines() if not line.startswith("# ")]
    return sum(guess(line).complaint for line in lines), len(lines)


def main() -> None:
    console = Console(width=130, highlight=False)
    table = Table(
        "", "lines", "right", "among two", "acted", "wrongly", "offered", "one right", "asked", "false alarms",
        title="The trained classifier alone",
    )  # fmt: skip
    held, data = fresh(), own()
    _row(table, "messages-m3, held out", held)
    _row(table, "  of them, what writes nothing", [g for g in held if not set(g.right) & set(WRITES)])
    _row(table, "questions_f1 to f4, held out", questions())
    _row(table, "its own data, held out by fifths", data)
    _row(table, "  of them, what writes nothing", [g for g in data if g.right[0] not in WRITES])
    console.print(table)
    each = Table(
        "intent", "lines", "right", "among two", "acted", "wrongly", "false alarms", title="By intent (fifths)"
    )
    by_intent = defaultdict(list)
    for guessed in data:
        by_intent[guessed.right[0]].append(guessed)
    for intent, lines in sorted(by_intent.items()):
        of = shares(lines)
        figures = (of.right, of.among_two, of.acted, of.acted_wrongly, of.false_alarms)
        each.add_row(intent, str(of.lines), *(f"{figure:.1%}" for figure in figures))
    console.print(each)
    heard, written = complaints()
    console.print(f"complaints heard: {heard} of {written} never seen; runs in the artefact: {len(model().runs):,}")


def _row(table: Table, title: str, guessed: list[Guessed]) -> None:
    of = shares(guessed)
    figures = (
        of.right, of.among_two, of.acted, of.acted_wrongly, of.offered, of.offered_right, of.asked, of.false_alarms,
    )  # fmt: skip
    table.add_row(title, str(of.lines), *(f"{figure:.1%}" for figure in figures))


if __name__ == "__main__":
    main()
