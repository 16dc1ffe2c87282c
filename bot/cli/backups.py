"""`backup`, `restore`: copies of everything kept, proven when they are made, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from storage import Store
    from storage.copies import Manifest
    from storage.restoring import Restored


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that the copies lie in.")],
    keep: Annotated[int | None, typer.Option(metavar="N", min=1, help="Delete all but the newest N.")] = None,
) -> None:
    """Copy everything kept, beside a running server, and open the copy to rebuild every total from its ledger.

    Status 1 where something differs; such a copy is kept, and none is deleted for it.
    """
    from bot.cli.progress import progress
    from bot.cli.session import CommandError, as_it_stands, refuse_copy
    from bot.settings import load_settings
    from storage.copies import back_up, thin

    settings = load_settings()
    refuse_copy(settings)
    with as_it_stands(settings) as store:
        if not store.database.exists(store.keys.stamp()):
            raise CommandError("nothing is kept yet: yidui serve begins it")
        made = back_up(store, settings.mode, settings.data_dir, folder, progress)
    for difference in made.differences:
        typer.echo(difference)
    if made.differences:
        typer.echo(f"{made.folder}: {_contents(made.manifest)}; {len(made.differences)} differences, none deleted")
        raise typer.Exit(1)
    gone = thin(folder, keep) if keep else 0
    typer.echo(f"{made.folder}: {_contents(made.manifest)}; verified{f', {gone} old ones deleted' if gone else ''}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="A copy, or the folder of which the newest is taken.")],
) -> None:
    """Put a copy back into an empty YIDUI_DATA_DIR, erase again whoever left since, and verify it."""
    from bot.cli.processes import enter
    from bot.cli.session import CommandError, as_it_stands
    from bot.settings import load_settings
    from storage.restoring import restore as put_back
    from storage.restoring import same_as_copied

    settings = load_settings()
    if settings.redis_url.get_secret_value():
        raise CommandError(
            "YIDUI_REDIS_URL names an external Redis, which is put back by its own means from the copy's database.rdb: "
            "docs/deploy.md, An external Redis"
        )
    restored = put_back(
        source, settings.data_dir, prefix=settings.key_prefix, mode=settings.mode, appid=settings.wechat_appid
    )
    with as_it_stands(settings) as store:
        differences = list(same_as_copied(store, restored.manifest))
        enter(settings, store)
        differences += _audited(store)
    for line in (*differences, *_newer(restored)):
        typer.echo(line)
    verdict = f"{len(differences)} differences" if differences else "verified"
    typer.echo(f"{settings.data_dir}: {_contents(restored.manifest)}, from {restored.copy}; {verdict}")
    raise typer.Exit(1 if differences else 0)


def _audited(store: Store) -> list[str]:
    """What the ledgers do not give, and what cannot be read."""
    from bot.cli.progress import progress
    from storage.audit import watched

    found = list[str]()
    for campaign in store.campaigns.all():
        with watched(campaign, store.ledger, progress) as audit:
            found += [f"{campaign.id}: {difference}" for difference in audit.differences()]
    return found + [f"{cid}: cannot be read ({why})" for cid, why in store.campaigns.unreadable().items()]


def _newer(restored: Restored) -> list[str]:
    """What happened after the copy was made, as far as it is known here."""
    from storage.restoring import newer_copies

    known = [
        f"{copied.campaign}: {copied.teams} teams, {copied.reports} reports, the ledger ends at {copied.ledger}"
        + (f", fingerprint {copied.seal[:8]} at {copied.sealed}" if copied.seal else "")
        for copied in restored.manifest.campaigns
    ]
    known.append(f"whatever was acknowledged after {restored.manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC is not in it")
    if newer := newer_copies(restored.copy):
        known.append(f"newer copies lie beside it: {', '.join(path.name for path in newer)}")
    if restored.left_since:
        known.append(f"{restored.left_since} left after it was made; they are erased again")
    return known


def _contents(manifest: Manifest) -> str:
    teams, reports = (sum(getattr(c, what) for c in manifest.campaigns) for what in ("teams", "reports"))
    return f"{len(manifest.campaigns)} campaigns, {teams} teams, {reports} reports"
