"""Train the classifier of intents: `handlers/understand/data/intents.tsv` to `intents.bin` beside it (`make intents`).

One linear support vector machine against the rest for each intent, over the set of runs of one to three characters of a
masked line. A line of a rare intent counts more (by its lines to the power of -0.75), runs of three characters
count only where two lines have them. Weights too small to matter are dropped and the rest kept in one byte each.

What the decisions mean is measured on lines held out, five times a fifth: the scale that makes the probabilities true,
and the threshold at which complaints are heard.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from handlers.language.text import normalise
from handlers.language.words import Opinion
from handlers.understand.intents import ZERO, Guess, Model, complains, grams, guessed, masked

ROOT = Path(__file__).parents[1]
DATA = ROOT / "handlers" / "understand" / "data"
LEAST = (1, 1, 2)
"""How many lines must have a run of one, two, three characters, for it to be looked at."""
COST = 3
"""What a line on the wrong side costs (`C` of the machine): found by cross-validation, flat from 2 to 6."""
SMALL = 0.03
"""Weights below this share of the largest are dropped."""
HEARD = 0.975
"""The share of held-out complaints that must be heard."""
SCALES = tuple(scale / 4 for scale in range(4, 41))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the data file: what is wanted, and the line as it is masked."""

    intent: Opinion
    line: str


def read_rows(text: str) -> list[Row]:
    """The rows of a data file. ValueError for an intent that is none, or a line that is taught twice."""
    rows: dict[str, Row] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.startswith("# ") or not raw.strip():
            continue
        intent, _, said = raw.partition("\t")
        line = masked(normalise(said.replace("\\n", "\n")))
        if intent not in get_args(Opinion) or not line:
            raise ValueError(f"line {number}: {raw!r} is no intent and a line behind a tab")
        if line in rows:
            raise ValueError(f"line {number}: {said!r} is {rows[line].intent} already, by a line that reads the same")
        rows[line] = Row(intent, line)
    return list(rows.values())


@dataclass(frozen=True, slots=True)
class Fitted:
    """The machine over all its runs, before anything is dropped: a weight for each intent and run."""

    intents: tuple[Opinion, ...]
    runs: dict[str, int]
    weights: np.ndarray
    bias: np.ndarray

    def decisions(self, lines: Sequence[str]) -> np.ndarray:
        """A row a line, a column an intent: how far on its side."""
        return _matrix(lines, self.runs) @ self.weights.T + self.bias


def fit(rows: Sequence[Row]) -> Fitted:
    """The machine for some rows; the same rows in the same order make the same machine."""
    held = Counter(run for row in rows for run in grams(row.line))
    runs = {run: place for place, run in enumerate(sorted(r for r, n in held.items() if n >= LEAST[len(r) - 1]))}
    counts = Counter(row.intent for row in rows)
    weights = np.array([counts[row.intent] ** -0.75 for row in rows])
    machine = LinearSVC(C=COST, random_state=0)
    machine.fit(
        _matrix([row.line for row in rows], runs), [row.intent for row in rows], sample_weight=weights / weights.mean()
    )
    return Fitted(tuple(map(str, machine.classes_)), runs, machine.coef_, machine.intercept_)


def held_out(rows: Sequence[Row], folds: int = 5) -> np.ndarray:
    """The decisions for every row by a machine that has not seen it, the columns by the names of the intents."""
    wanted = np.array([row.intent for row in rows])
    decisions = np.zeros((len(rows), len(set(wanted))))
    for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=0).split(rows, wanted):
        fitted = fit([rows[place] for place in seen])
        decisions[unseen] = fitted.decisions([rows[place].line for place in unseen])
    return decisions


@dataclass(frozen=True, slots=True)
class Scale:
    """`factor`: what decisions are multiplied by, so that they give true probabilities; `complaint`: see `Guess`."""

    factor: float
    complaint: float


def calibrate(rows: Sequence[Row], decisions: np.ndarray) -> Scale:
    """The scale that held-out decisions ask for."""
    intents = sorted({row.intent for row in rows})
    wanted = np.array([intents.index(row.intent) for row in rows])
    factor = min(SCALES, key=lambda scale: _surprise(decisions * scale, wanted))
    incident = intents.index("incident")
    complaints = [complains(row, incident) for row in decisions[wanted == incident].tolist()]
    return Scale(factor, float(np.quantile(complaints, 1 - HEARD)))


def guesses(rows: Sequence[Row], decisions: np.ndarray, scale: Scale) -> list[Guess]:
    """What held-out decisions come to."""
    intents = sorted({row.intent for row in rows})
    return [guessed(intents, of_line, scale.factor, scale.complaint) for of_line in decisions.tolist()]


def pack(fitted: Fitted, scale: Scale, data: bytes) -> bytes:
    """The artefact: what `handlers.understand.intents.Model` opens."""
    weights = np.where(np.abs(fitted.weights) < SMALL * np.abs(fitted.weights).max(), 0, fitted.weights)
    step = float(np.abs(weights).max() / 127)
    quantised = np.rint(weights / step).astype(int)
    kept = [(run, quantised[:, place]) for run, place in fitted.runs.items() if quantised[:, place].any()]
    head = {
        "data": hashlib.sha256(data).hexdigest(),
        "read": read_digest(read_rows(data.decode())),
        "intents": fitted.intents,
        "bias": [round(float(bias), 4) for bias in fitted.bias],
        "step": step,
        "factor": scale.factor,
        "complaint": round(scale.complaint, 4),
    }
    runs = "\n".join(run for run, _ in kept)
    pairs = b"".join(
        bytes((len(places := np.flatnonzero(column)),))
        + bytes(places.tolist())
        + bytes((column[places] + ZERO).tolist())
        for _, column in kept
    )
    return zlib.compress(json.dumps(head).encode() + b"\n\n" + runs.encode() + b"\n\n" + pairs, 9)


def read_digest(rows: Sequence[Row]) -> str:
    """SHA-256 of the rows as the program reads them: another when the masking has changed since."""
    return hashlib.sha256("\n".join(f"{row.intent}\t{row.line}" for row in rows).encode()).hexdigest()


def train(data: bytes) -> bytes:
    """The artefact for the bytes of a data file."""
    rows = read_rows(data.decode())
    return pack(fit(rows), calibrate(rows, held_out(rows)), data)


def _matrix(lines: Sequence[str], runs: dict[str, int]) -> csr_matrix:
    """A row a line: its runs, each the same, so that a line is of length one with those that training never met."""
    places, values, ends = [], [], [0]
    for line in lines:
        said = grams(line)
        known = sorted(runs[run] for run in said if run in runs)
        places += known
        values += [len(said) ** -0.5] * len(known)
        ends.append(len(places))
    return csr_matrix((values, places, ends), shape=(len(lines), len(runs)))


def _surprise(scores: np.ndarray, wanted: np.ndarray) -> float:
    """The mean of the negated logarithms of the probabilities of what was wanted."""
    top = scores.max(axis=1, keepdims=True)
    total = top[:, 0] + np.log(np.exp(scores - top).sum(axis=1))
    return float((total - scores[np.arange(len(scores)), wanted]).mean())


if __name__ == "__main__":
    made = train((DATA / "intents.tsv").read_bytes())
    (DATA / "intents.bin").write_bytes(made)
    print(f"intents.bin: {len(made):,} bytes, {len(Model(made).runs):,} runs")
