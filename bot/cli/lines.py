"""`lines …`: what was not understood, what such a line wants, and how lines of a file are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handlers.understand.ear import Ear
    from handlers.understand.readings import Reading
    from storage import Store
    from storage.models.teams import Team

FORGET = "forget"
"""Said in the place of an intent: the line is taught no more."""

group = typer.Typer(help="What people typed and was not understood; what such lines want.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="lines")


@group.command("list")
def list_lines(
    taught: Annotated[
        bool, typer.Option("--taught", help="What was taught, as rows for handlers/understand/data/intents.tsv.")
    ] = False,
) -> None:
    """Lines that nobody understood and three people or more said in 30 days: how many did, and the line.

    Figures, telephones, codes, dates and the campaign's names are signs; who said it is not told.
    """
    from bot.cli.session import open_store, tell

    with open_store() as store:
        if taught:
            rows = sorted(store.lines.taught().items(), key=lambda row: (row[1], row[0]))
            tell([f"{intent}\t{line}" for line, intent in rows], "nothing was taught")
        else:
            unheard = store.lines.unheard(store.clock.now())
            tell([f"{people}\t{line}" for line, people in unheard], "no line was said by three people or more")


@group.command()
def teach(
    line: Annotated[str, typer.Argument(metavar="LINE", help="As typed, or as `yidui lines list` shows it.")],
    intent: Annotated[str, typer.Argument(metavar="INTENT", help="What it wants; `forget`: nothing any more.")],
) -> None:
    """From now on a line of this shape wants this. Every process obeys within a second; nothing is booked by it."""
    from typing import get_args

    from bot.cli.session import CommandError, open_to_write
    from handlers.language.words import Opinion

    if intent not in (*get_args(Opinion), FORGET):
        raise CommandError(f"no intent {intent!r}; there are: {', '.join(sorted(get_args(Opinion)))}")
    with open_to_write() as store:
        shapes = _shapes(store, line, intent)
        for shape in shapes:
            store.lines.teach(shape, "" if intent == FORGET else intent)
    for shape in shapes:
        typer.echo(f"{intent}\t{shape}")


def _shapes(store: Store, line: str, intent: str) -> list[str]:
    """A line masked with the names of each campaign. Raises `CommandError` for a report, which it stays."""
    from bot.cli.session import CommandError
    from handlers.understand.opinion import shape_of
    from handlers.understand.reading import read
    from handlers.understand.readings import Report

    campaigns = [published.campaign for published in store.campaigns.published().values()]
    if not campaigns:
        raise CommandError("nothing is published: yidui campaign publish ID")
    for campaign in campaigns:
        reading = read(line, _ear(store, campaign.id))
        if isinstance(reading, Report) and reading.whole and intent not in ("report", "nothing", FORGET):
            raise CommandError(f"{line!r} is a report by its grammar, whatever it is taught")
    return sorted({shape_of(line, campaign) for campaign in campaigns} - {""})


@group.command()
def judge(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A line each; `intent TAB line` to have it compared.")],
    campaign_id: Annotated[str, typer.Option("--campaign", help="As said in this campaign.")] = "",
) -> None:
    """How the lines of a file are read, and what would become of their figures for a team without any report.

    Prints what it is, the verdict, and the line; status 1 where a row says something else. `a|b`: either is right.
    """
    from bot.cli.session import open_store, published

    with open_store() as store:
        known = list(store.campaigns.published())
        campaign = published(store, campaign_id or (known[0] if known else ""))
        ear = _ear(store, campaign.id)
    wrong = judged = 0
    for row in filter(None, file.read_text(encoding="utf-8").splitlines()):
        wanted, tab, said = row.partition("\t")
        line = (said if tab else wanted).replace("\\n", "\n")
        if row.startswith("# "):
            continue
        what, verdict = _judged(line, ear)
        right = not tab or bool(set(wanted.split("|")) & set(what.split("|")))
        judged, wrong = judged + bool(tab), wrong + (not right)
        typer.echo("\t".join(["" if right else f"not {wanted}", what, verdict, said if tab else wanted]))
    if judged:
        typer.echo(f"{judged - wrong} of {judged} are what their rows say", err=True)
    raise typer.Exit(1 if wrong else 0)


def _ear(store: Store, campaign_id: str) -> Ear:
    from handlers.understand.ear import Ear

    campaign = store.campaigns.get(campaign_id)
    return Ear(campaign, (), campaign.local(store.clock.now()), taught=store.lines.taught())


def _judged(line: str, ear: Ear) -> tuple[str, str]:
    """What a line is (`a|b`: one of two is offered), and the verdict on its figures, '' where it has none."""
    from handlers.understand.reading import read
    from handlers.understand.readings import Report
    from handlers.understand.weighing import weigh

    reading = read(line, ear)
    if not isinstance(reading, Report):
        return _name(reading), ""
    verdict = weigh(reading.claims, _fresh_team(ear), ear.now)
    heard = reading.claims.sounds_like
    doubted = f", asked because it sounds like {heard}" if heard else ""
    return _name(reading), f"{type(verdict).__name__.lower() if verdict else 'none'}{doubted}"


def _name(reading: Reading) -> str:
    from handlers.understand.readings import Unsure, intent_of

    match reading:
        case Unsure(first, second) if first:
            return f"{first}|{second}"
        case _:
            return intent_of(reading)


def _fresh_team(ear: Ear) -> Team:
    """A team without any report."""
    from storage.models.teams import Team

    campaign = ear.campaign
    project, region = campaign.projects[0].id, campaign.regions[0].id
    return Team(
        code="0000",
        unit="单位",
        unit_key="单位",
        project=project,
        region=region,
        status="active",
        registered_at=ear.now,
    )
