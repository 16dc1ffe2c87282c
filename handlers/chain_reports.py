"""The lines of a pasted list of reports: whose team each is about, what it would write, and the write itself.

A line is weighed like any other message about its team. What is doubted of it is told and the line left alone, but for
doubts that the preview itself settles: it shows from X to Y and asks for one yes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from handlers import texts
from handlers.chain_teams import Teams
from handlers.doubts import require_reporting, sentence, today
from handlers.hearing import ear_of
from handlers.messages import Context, UserError
from handlers.texts.chains import MOST_LINES, ChainLine
from handlers.understand.readings import Row
from handlers.understand.verdicts import Book, Choose, Doubt, Heard, Offer, Refuse, Verdict
from handlers.understand.weighing import weigh
from handlers.writes import Figure, Proposal
from storage.ledger import Author, Changed
from storage.models.teams import Channel, Team
from storage.reckoning import Reading, reach

SETTLED = frozenset({"part inside", "matched inside", "bare"})
"""Doubts that the preview answers: what would be written is shown, and nothing else can be meant."""
LEAST_NEIGHBOURS = 3
FAR_ABOVE, FAR_BELOW = 100, 1_000
"""A first figure so many times the usual one of the list, or so small a part of it, may be in another unit."""


@dataclass(slots=True)
class Known:
    """A team of a proposal: its version when she said yes, and itself as the lines before have left it."""

    version: int
    team: Team


@dataclass(slots=True)
class Planned:
    """A line about a team, with what it would write of each channel; `line` as it is shown."""

    row: Row
    team: Team
    readings: tuple[Reading, ...] = ()
    lines: tuple[ChainLine, ...] = ()


def planned(ctx: Context, rows: Iterable[Row]) -> list[ChainLine]:
    """What each line would write, or why it writes nothing.

    Of several lines that tell one team's total of a channel the last is meant, if it is not lower: a list grows.
    """
    rows = list(rows)
    found = Teams(ctx, rows)
    plans: list[Planned | ChainLine] = []
    for row in rows:
        try:
            team, name = found.team(row)
        except UserError as error:
            plans.append(ChainLine(row.place, texts.chains.shown(row.typed), why=error.text))
            continue
        plans.append(_planned(ctx, row, team, name))
    kept = [plan for plan in plans if isinstance(plan, Planned)]
    _refuse_what_stands_out(kept)
    _keep_the_last(kept)
    return [line for plan in plans for line in (plan.lines if isinstance(plan, Planned) else (plan,))]


def written(ctx: Context, author: Author, known: Known, proposal: Proposal, figure: Figure) -> str:
    """Book one figure of a line, if its team is as it was shown. Returns what is said of it.

    Raises `Changed` where it is so no longer, and what the store raises.
    """
    reading = figure.reading
    if known.version != figure.version or (reading.kind == "day" and proposal.day != today(ctx)):
        booked = ctx.store.reports.booked(ctx.campaign, author.op_id)
        if booked is None:
            raise Changed(figure.code)
    else:
        require_reporting(ctx, known.team)
        booked = ctx.store.reports.add(ctx.campaign, author, known.team, ctx.membership, reading)
        known.team = booked.after
    return texts.chains.line_booked(booked)


def _planned(ctx: Context, row: Row, team: Team, name: str) -> Planned | ChainLine:
    """A line about a known team: written where it is hers, says something new, and nothing about it is doubtful."""
    shown, campaign = texts.naming.team_name(team), ctx.campaign
    if team.code not in ctx.membership.codes and not ctx.membership.covers(campaign.region_path(team.region)):
        return ChainLine(row.place, shown, why=texts.chains.LINE_NOT_YOURS)
    try:
        require_reporting(ctx, team)
    except UserError as error:
        return ChainLine(row.place, shown, why=error.text)
    ear = replace(ear_of(ctx), teams=(team,))
    verdict = weigh(row.claims(ear, name), team, ear.now)
    if why := _why_not(ctx, team, verdict):
        return ChainLine(row.place, shown, why=why)
    if not isinstance(verdict, Book | Offer):
        raise TypeError(f"a line that may be written has no figures: {verdict}")
    return Planned(row, team, verdict.readings, tuple(_lines(ctx, row, team, verdict)))


def _why_not(ctx: Context, team: Team, verdict: Verdict | None) -> str:
    """Why a line writes nothing; '' where it may be written."""
    match verdict:
        case None | Heard():
            return texts.chains.LINE_NO_FIGURE
        case Refuse(reason, words):
            return texts.doubts.doubt(reason, words)
        case Choose():
            return texts.chains.LINE_UNCLEAR
        case Book(readings, _):
            doubted: list[str] = []
        case Offer(readings, doubts, _):
            doubted = [_said_of(ctx, each, team, readings[0]) for each in doubts if each.reason not in SETTLED]
    if any(reading.kind == "increment" for reading in readings):
        return texts.chains.LINE_INCREMENT
    return "；".join(dict.fromkeys(doubted))


def _said_of(ctx: Context, doubt: Doubt, team: Team, reading: Reading) -> str:
    """Why a figure is not written; where figures contradict each other none of them is taken for the right one.

    What would wait for a coordinator is reported by itself.
    """
    if doubt.reason.startswith("beyond"):
        return texts.chains.LINE_BEYOND
    contradict = doubt.reason in ("several", "two totals")
    return texts.doubts.DOUBTFUL_FIGURES[doubt.reason] if contradict else sentence(ctx, doubt, team, reading)


def _lines(ctx: Context, row: Row, team: Team, verdict: Book | Offer) -> Iterable[ChainLine]:
    """A line of the preview for each figure, the first with what is not recorded; where nothing is new, one says so."""
    readings = verdict.readings
    notes = [texts.doubts.note(note.reason, note.words) for note in dict.fromkeys(verdict.notes) if note.words]
    name = texts.naming.team_name(team)
    fresh = [reading for reading in readings if not _stands(team, reading, today(ctx))]
    if not fresh:
        yield ChainLine(row.place, name, why=texts.chains.LINE_SAME, unchanged=True)
    for nth, reading in enumerate(fresh):
        present, reached = team.total(reading.channel), reach(team, reading, today(ctx))
        yield ChainLine(
            row.place if reading is readings[0] else row.place + MOST_LINES,
            name,
            said=texts.chains.line_said(reading.kind, reading.channel, present, reached, () if nth else notes),
            write=Figure(team.code, team.version, reading),
        )


def _stands(team: Team, reading: Reading, day: date) -> bool:
    """Whether a figure is recorded already; a nought beside the other channel is nothing new where nothing stands."""
    present, reached = team.total(reading.channel), reach(team, reading, day)
    same = (present.amount_fen, present.donations) == (reached.amount_fen, reached.donations)
    return same and reading.day is None and (bool(present.report) or not reached.amount_fen)


def _refuse_what_stands_out(plans: Sequence[Planned]) -> None:
    """A team's first figure that is far from all others of the list is not written: it may be in another unit."""
    for plan in plans:
        others = [_amount(other) for other in plans if other is not plan and _amount(other)]
        amount = _amount(plan)
        if len(others) < LEAST_NEIGHBOURS or not amount or plan.team.total(plan.readings[0].channel).report:
            continue
        usual = median(others)
        if amount >= FAR_ABOVE * usual or amount * FAR_BELOW <= usual:
            name = texts.naming.team_name(plan.team)
            plan.lines = (ChainLine(plan.row.place, name, why=texts.chains.line_stands_out(amount)),)


def _amount(plan: Planned) -> int:
    return plan.readings[0].amount_fen or 0 if plan.readings else 0


def _keep_the_last(plans: Sequence[Planned]) -> None:
    """Of several lines about one team and channel the last is written where it tells no less; else none is."""
    alike: dict[tuple[str, Channel], list[Planned]] = {}
    for plan in plans:
        if any(line.write is not None or line.unchanged for line in plan.lines):
            for channel in {reading.channel for reading in plan.readings}:
                alike.setdefault((plan.team.code, channel), []).append(plan)
    for (_, channel), several in alike.items():
        *before, last = several
        grows = all(_grows(earlier, last, channel) for earlier in before)
        why = texts.chains.line_told_later if grows else texts.chains.line_contradicts
        for other, told in [(each, last) for each in before] + ([] if grows or not before else [(last, before[-1])]):
            place, typed = other.row.place, other.row.typed
            other.lines = (ChainLine(place, texts.chains.shown(typed), why=why(told.row.place)),)


def _grows(before: Planned, after: Planned, channel: Channel) -> bool:
    """Whether one line tells what another told of a channel, and no less of anything."""
    told = next(reading for reading in before.readings if reading.channel == channel)
    now = next(reading for reading in after.readings if reading.channel == channel)
    pairs = ((told.amount_fen, now.amount_fen), (told.donations, now.donations))
    return told.kind == now.kind and all(b is None or (a is not None and a >= b) for b, a in pairs)
