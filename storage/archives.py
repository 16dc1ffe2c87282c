"""Archives: the ledger of a drive that is over goes into a file, and Redis keeps what follows from it (docs/adr/0021).

Nothing is lost by it and nothing told otherwise: whoever reads the ledger reads file and Stream as one (`Ledger`), the
chain goes on from the seal of the last entry in the file, and an audit checks both. The file never changes again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from storage.audit import Audit
from storage.campaign_schema import Campaign
from storage.chain import Link, sealed
from storage.ledger import Author, Plan
from storage.ledger_files import Archived, ArchiveError, Line, Sealed, order, read, write
from storage.on_disk import sync
from storage.progress import Watch, unwatched
from storage.store import Store

KIND = "ledger.archived"


def archive(store: Store, campaign: Campaign, folder: Path, now: datetime, watch: Watch = unwatched) -> Archived:
    """Move what is sealed of a frozen campaign's ledger into a file of a folder.

    The campaign is audited first, and the file read again before anything is taken out: whatever breaks this off leaves
    the ledger where it was. Raises `ArchiveError`; `Changed` where somebody else archived it meanwhile.
    """
    while store.chain.extend(campaign.id):
        pass
    before, last = store.ledger.archived(campaign.id), store.chain.newest(campaign.id)
    _require_over(store, campaign, last, before)
    with watch(f"verifying {campaign.id}", None) as advance:
        _require_agreement(Audit(campaign, replace(store.ledger, advance=advance)))
    with watch(f"archiving {campaign.id}", None) as advance:
        lines = replace(store.ledger, advance=advance).lines(campaign.id, until=last.entry)
        archived = _written(folder / f"{campaign.id}-{last.entry}.ledger.gz", campaign.id, lines, last)
    _cut(store, campaign.id, before, archived, now)
    return archived


def _require_over(store: Store, campaign: Campaign, last: Link, before: Archived | None) -> None:
    if not campaign.frozen:
        raise ArchiveError(f"{campaign.id} is not over: its figures are final after campaign close --freeze")
    if before and store.ledger.newest(campaign.id, 1)[0].kind == KIND:
        raise ArchiveError(f"{campaign.id} is archived already, in {before.path}, and nothing came since")
    told = store.hooks.kept(campaign.id)
    if told and order(told.seen) < order(last.entry):
        raise ArchiveError(f"other systems have not been told all of {campaign.id} yet: try again in a minute")


def _require_agreement(audit: Audit) -> None:
    if differences := list(audit.differences()):
        raise ArchiveError(f"{audit.campaign.id} is not as its ledger says, so nothing was archived: {differences[0]}")


def _written(path: Path, campaign: str, lines: Iterator[Line], last: Link) -> Archived:
    """A file that has its name only when it is whole and says what the ledger does."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.unfinished")
    draft.unlink(missing_ok=True)
    try:
        archived = write(draft, campaign, _sealed(lines))
        if _read_again(archived) != last:
            raise ArchiveError(f"{path} would not say what the ledger of {campaign} does: nothing was archived")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)
    return archived.model_copy(update={"path": path.resolve()})


def _sealed(lines: Iterator[Line]) -> Iterator[Sealed]:
    """Each with its seal, reckoned anew."""
    seal = ""
    for line in lines:
        seal = sealed(seal, line)
        yield seal, line


def _read_again(archived: Archived) -> Link:
    """The link to which the entries of a file lead."""
    link = Link()
    for _, line in read(archived):
        link = Link(line[0], sealed(link.seal, line))
    return link


def _cut(store: Store, campaign: str, before: Archived | None, archived: Archived, now: datetime) -> None:
    """Take out what the file holds, but for its last entry, on which what comes next stands."""
    keys, database = store.keys, store.database
    values = {"until": archived.last, "seal": archived.seal, "entries": str(archived.entries)}
    author = Author(f"archive:{archived.last}", "operator", now)
    plan = Plan(keys, campaign, author, KIND, values=values | {"sha256": archived.sha256})
    plan.expect(keys.archive(campaign), "doc", before.model_dump_json() if before else "")
    plan.effect("HSET", keys.archive(campaign), "doc", archived.model_dump_json())
    plan.effect("XTRIM", keys.ledger(campaign), "MINID", "=", archived.last)
    plan.effect("LTRIM", keys.chain(campaign), archived.entries - (before.entries if before else 1), -1)
    plan.commit(database, {})
