"""`campaign …`: the campaign files and what is published of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage import Store
    from storage.campaign_schema import Campaign
    from storage.campaigns import Published

TEMPLATE = Path(__file__).with_name("campaign_template")
SLUG = re.compile("[a-z0-9][a-z0-9-]*")

group = typer.Typer(help="Campaign files and what is published of them.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="campaign")


@group.command("list")
def list_campaigns() -> None:
    """Every campaign that is published or stands in the campaign folder."""
    from bot.cli.session import open_store, tell
    from bot.settings import load_settings

    settings = load_settings()
    with open_store(settings) as store:
        known, unreadable = store.campaigns.published(), store.campaigns.unreadable()
    lines = [f"{cid}\t{_state(entry)}\t{entry.campaign.name}" for cid, entry in known.items()]
    lines += [f"{cid}\tcannot be read\t{why}" for cid, why in unreadable.items()]
    lines += [
        f"{campaign.id}\tnot published\t{campaign.name}\t{path}"
        for path, campaign in _files(settings.campaign_dir)
        if campaign.id not in known
    ]
    tell(lines, f"nothing is published, and no campaign stands in {settings.campaign_dir}")


@group.command()
def show(campaign_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print a campaign as one file: `yidui campaign show ID > FILE` gives a deployment its own copy.

    What it inherits (invoice, refund, …) comes with the program and is not printed.
    """
    from bot.cli.session import open_store
    from bot.settings import load_settings
    from storage.campaign_files import as_one_file

    settings = load_settings()
    path, campaign = _file(settings.campaign_dir, campaign_id)
    with open_store(settings) as store:
        entry = store.campaigns.published().get(campaign_id)
    if entry is not None and entry.campaign.model_dump() != campaign.model_dump():
        typer.echo(f"yidui: {path} differs from what is published (version {entry.version})", err=True)
    typer.echo(as_one_file(path), nl=False)


@group.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE…")]) -> None:
    """Say of each file, or folder of a campaign, whether it could be published, and how to mend all that is wrong."""
    from handlers.books.sheets import unknown_columns
    from scheduler import plan_findings
    from storage.campaign_files import CampaignFileError, load, whole

    bad = 0
    for path in dict.fromkeys(map(whole, files)):
        try:
            campaign = load(path)
        except CampaignFileError as error:
            found = list(error.findings)
        else:
            found = [f"{path.name}: {line}" for line in (*plan_findings.findings(campaign), *unknown_columns(campaign))]
        for finding in found:
            typer.echo(f"bad\t{finding}")
        if not found:
            typer.echo(f"good\t{path}\t{campaign.id}: {_contents(campaign)}")
        bad += bool(found)
    raise typer.Exit(1 if bad else 0)


@group.command()
def new(
    campaign_id: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and hyphens: yushu-2025.")],
) -> None:
    """Start a campaign, the folder ID, in this folder: fill its blanks, then check and publish it."""
    from bot.cli.session import CommandError

    if not SLUG.fullmatch(campaign_id):
        raise CommandError(f"{campaign_id!r} is no id: small letters, digits and hyphens, such as yushu-2025")
    folder = Path(campaign_id)
    if folder.exists():
        raise CommandError(f"{folder} exists already; take another id, or move it away")
    folder.mkdir()
    for part in TEMPLATE.iterdir():
        filled = part.read_text(encoding="utf-8").replace("{id}", campaign_id)
        (folder / part.name).write_text(filled, encoding="utf-8")
    typer.echo(f"{folder}: fill its blanks, then: yidui campaign check {folder}")


@group.command()
def publish(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Make the file of the campaign folder the version that every process works with."""
    from bot.cli.session import open_store, open_to_write
    from bot.settings import load_settings
    from storage.faults import source_of

    settings = load_settings()
    _, campaign = _file(settings.campaign_dir, campaign_id)
    if dry_run:
        with open_store(settings) as store:
            _foretell(store, campaign)
        return
    with open_to_write(settings) as store:
        version = store.campaigns.publish(campaign, store.clock.now())
        store.alerts.settle(source_of(campaign_id))
    typer.echo(f"{campaign_id}: version {version}")


@group.command()
def close(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    freeze: Annotated[bool, typer.Option("--freeze", help="Figures are final; what the platform confirmed ranks.")] = (
        False
    ),
) -> None:
    """Close a campaign: captains' reports and registrations end, look-ups answer, everything about it stays.

    Coordinators go on correcting and the platform's figures come in, until it is frozen: then only an organizer changes
    a figure, with a reason. Captains' names and telephones go `[privacy] keep_people_days` after the close.
    """
    from bot.cli.session import open_to_write, published

    with open_to_write() as store:
        campaign = published(store, campaign_id)
        if freeze:
            _freeze(store, campaign)
        else:
            store.campaigns.close(campaign_id, store.clock.now())
            told = (
                "its figures are final" if campaign.frozen else f"yidui campaign publish {campaign_id} opens it again"
            )
            typer.echo(f"{campaign_id}: closed; {told}")
    days = campaign.privacy.keep_people_days
    typer.echo(f"{campaign_id}: captains' names and telephones go {days} days after the close")


def _freeze(store: Store, campaign: Campaign) -> None:
    """Nobody reports any more, then every team that the platform confirmed stands with its figure."""
    from bot.cli.progress import progress

    now = store.clock.now()
    store.campaigns.freeze(campaign.id, now)
    confirmed = store.platform.all(campaign.id)
    with progress("settling", len(confirmed)) as tick:
        moved = store.freezing.settle(store.campaigns.get(campaign.id), now, tick)
    _, (open_differences,) = store.ledger.moment(campaign.id, [("ZCARD", store.keys.differing(campaign.id, "all"))])
    typer.echo(f"{campaign.id}: frozen; {moved} teams stand with what the platform confirmed")
    if open_differences:
        typer.echo(f"yidui: {open_differences} differences from the platform were not decided upon", err=True)


@group.command()
def wipe(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the id again.")] = False,
) -> None:
    """Empty a practice drive (`practice = true`), and only such a one: teams, reports, ledger, pushes, cases, roles."""
    from bot.cli.session import CommandError, open_to_write, published
    from storage.practice import NotPractice

    with open_to_write() as store:
        campaign = published(store, campaign_id)
        if not campaign.practice:
            raise CommandError(f"{campaign_id} is no practice drive; nothing of it is ever wiped")
        teams, people = len(store.teams.codes(campaign_id)), len(store.people.coordinators(campaign_id))
        if not yes and typer.prompt(f"{teams} teams and {people} roles go for good; type {campaign_id}") != campaign_id:
            raise CommandError("nothing was wiped")
        try:
            gone = store.practice.wipe(campaign_id, store.clock.now())
        except NotPractice:
            raise CommandError(f"{campaign_id} is no practice drive any more; nothing was wiped") from None
    typer.echo(f"{campaign_id}: empty; {teams} teams, {people} roles and all else, {gone} keys")


@group.command()
def regions(
    area: Annotated[str, typer.Argument(metavar="AREA", help="四川省, 昭通市, 郑州市二七区, or its code: 530600.")],
    levels: Annotated[
        str, typer.Option(help="What in it: city, county, town, comma between; else the next below.")
    ] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of standard output.")] = None,
) -> None:
    """Print the places of an area as `[[regions]]` of a campaign file: ids, short names, national codes.

    From the statistics bureau's division codes of 2023, which come along (bot/divisions/SOURCE.md).
    """
    from bot.cli.session import CommandError
    from bot.divisions import LEVELS, Level, NoSuchArea, area_called, as_toml, tree

    known: dict[str, Level] = {level: level for level in LEVELS}
    try:
        place = area_called(area)
        below = LEVELS[LEVELS.index(place.level) + 1 :]
        wanted = [known[level.strip()] for level in levels.split(",")] if levels else below[:1]
        found = tree(place, wanted)
    except KeyError as unknown:
        raise CommandError(f"there is no level {unknown}; use --levels {','.join(LEVELS[1:])}") from None
    except NoSuchArea as why:
        raise CommandError(str(why)) from None
    text = "\n".join(as_toml(found))
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
    counted = ", ".join(f"{sum(p.level == level for p in found)} {level}" for level in wanted)
    typer.echo(f"yidui: {place.name}: {counted}", err=True)


def _foretell(store: Store, campaign: Campaign) -> None:
    """What publishing would change, and whether it would be refused for what is in use."""
    from bot.cli.session import CommandError
    from storage.campaigns import PublishRefused

    entry = store.campaigns.published().get(campaign.id)
    if entry is None:
        typer.echo(f"{campaign.id}: would be version 1: {_contents(campaign)}")
        return
    try:
        store.campaigns.refuse_to_take_away(campaign)
    except PublishRefused as refused:
        raise CommandError(f"would be refused: {refused}") from None
    before = entry.campaign
    changes = [name for name in type(campaign).model_fields if getattr(before, name) != getattr(campaign, name)]
    if entry.closed and not entry.frozen:
        changes.append("open again")
    if changes:
        typer.echo(f"{campaign.id}: would be version {entry.version + 1}; changed: {', '.join(changes)}")
    else:
        typer.echo(f"{campaign.id}: stays version {entry.version}, nothing changed")


def _state(entry: Published) -> str:
    state = entry.campaign.state or f"version {entry.version}"
    return f"{state}, practice" if entry.campaign.practice else state


def _contents(campaign: Campaign) -> str:
    kind = "practice, " if campaign.practice else ""
    return (
        f"{kind}{len(campaign.regions)} regions, {len(campaign.projects)} projects, "
        f"{len(campaign.rulebook)} rules, {len(campaign.pushes)} pushes"
    )


def _file(folder: Path, campaign_id: str) -> tuple[Path, Campaign]:
    """The file of the folder that describes a campaign. Raises `CommandError`."""
    from bot.cli.session import CommandError

    found = {campaign.id: (path, campaign) for path, campaign in _files(folder)}
    if campaign_id not in found:
        raise CommandError(f"no file in {folder} describes {campaign_id!r}; there are: {', '.join(found) or 'none'}")
    return found[campaign_id]


def _files(folder: Path) -> list[tuple[Path, Campaign]]:
    """The folder's good campaign files; bad ones are named on standard error."""
    from storage.campaign_files import CampaignFileError, read_folder

    good = []
    for path, read in read_folder(folder):
        if isinstance(read, CampaignFileError):
            for finding in read.findings:
                typer.echo(f"yidui: {finding}", err=True)
        else:
            good.append((path, read))
    return good
