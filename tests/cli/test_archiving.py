"""`archive`: the ledger of a drive that is over lies in a file, and whoever reads it says what was said before."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import ledger_files
from storage.ledger import Entry, Plan
from storage.models.people import Grant
from tests.cli.conftest import CAMPAIGN, NOON, Done, Installation, Yidui

VERIFIED = "everything kept equals what the ledger says"


@pytest.fixture(scope="module", autouse=True)
def several_members() -> Iterator[None]:
    """A file of few entries has many members."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger_files, "IN_A_MEMBER", 4)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ledgers")


def entries(installation: Installation) -> list[Entry]:
    return list(installation.store.ledger.entries(CAMPAIGN))


def in_redis(installation: Installation) -> tuple[int, int]:
    """How many entries and links are kept there."""
    store = installation.store
    return store.database.xlen(store.keys.ledger(CAMPAIGN)), store.database.llen(store.keys.chain(CAMPAIGN))


def file_of(installation: Installation) -> Path:
    archived = installation.store.ledger.archived(CAMPAIGN)
    assert archived is not None
    return archived.path


def exported(yidui: Yidui) -> tuple[object, object]:
    told = json.loads(yidui("export", CAMPAIGN).out)
    return told["teams"], told["reports"]


def archived(yidui: Yidui, folder: Path) -> Path:
    done = yidui("archive", CAMPAIGN, str(folder))
    assert done.status == 0, done.err
    return Path(done.out.split(": ")[0])


def audited(yidui: Yidui) -> Done:
    return yidui("audit", "verify", CAMPAIGN)


def binds(installation: Installation, who: str, region: str) -> None:
    store = installation.store
    code = store.people.invite(store.campaigns.get(CAMPAIGN), Grant(role="coordinator", region=region), NOON, "")
    assert "已绑定" in installation.says(who, f"绑定 {code}")


def test_a_drive_that_goes_on_is_refused(yidui: Yidui, installation: Installation, folder: Path) -> None:
    before = in_redis(installation)
    refused = yidui("archive", CAMPAIGN, str(folder))
    assert refused.status == 1
    assert refused.err.startswith(f"yidui: {CAMPAIGN} is not over")
    assert (in_redis(installation)[0], list(folder.iterdir())) == (before[0], [])


def test_what_breaks_it_off_leaves_the_ledger_where_it_was(
    yidui: Yidui, installation: Installation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert yidui("campaign", "close", CAMPAIGN, "--freeze").status == 0
    before = entries(installation)
    with monkeypatch.context() as patch:
        patch.setattr(Plan, "commit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert yidui("archive", CAMPAIGN, str(folder)).status != 0
    assert entries(installation) == before
    assert installation.store.ledger.archived(CAMPAIGN) is None
    assert VERIFIED in audited(yidui).out


def test_everything_says_what_it_said_before(yidui: Yidui, installation: Installation, folder: Path) -> None:
    book, told = exported(yidui), installation.says("li", "明细")
    kept, newest = entries(installation), installation.store.ledger.newest(CAMPAIGN, 7)
    while installation.store.chain.extend(CAMPAIGN):
        pass
    links = list(installation.store.chain._links(CAMPAIGN, installation.store.chain.newest(CAMPAIGN)))
    file = archived(yidui, folder)
    assert file.stat().st_mode & 0o077 == 0
    assert in_redis(installation) == (2, 1)
    *as_before, entry = entries(installation)
    assert (as_before, entry.kind) == (kept, "ledger.archived")
    assert installation.store.ledger.newest(CAMPAIGN, 8) == [entry, *newest]
    assert installation.store.ledger.newest(CAMPAIGN, 3, before=newest[1].id) == newest[2:5]
    assert list(installation.store.ledger.entries(CAMPAIGN, after=kept[4].id, until=kept[9].id)) == kept[5:10]
    assert list(installation.store.chain._links(CAMPAIGN, links[-1])) == links
    assert (exported(yidui), installation.says("li", "明细")) == (book, told)
    done = audited(yidui)
    assert (done.status, VERIFIED in done.out) == (0, True), done.out


def test_the_file_can_be_read_without_this_program(installation: Installation, folder: Path) -> None:
    file = file_of(installation)
    head, *rows, index = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert head == {"ledger": CAMPAIGN, "form": 1}
    assert [row[1] for row in rows] == [entry.id for entry in entries(installation)][: len(rows)]
    assert [first for first, _ in index] == [row[1] for row in rows][::4]


def test_the_chain_goes_on_and_what_came_since_is_archived_too(
    yidui: Yidui, installation: Installation, folder: Path
) -> None:
    first = file_of(installation)
    binds(installation, "chen", "yongshan")
    assert audited(yidui).status == 0
    kept = entries(installation)
    second = archived(yidui, folder)
    assert second != first
    first.unlink()
    assert entries(installation)[:-1] == kept
    assert audited(yidui).status == 0


def test_without_the_file_nothing_is_told_that_is_not_so(
    yidui: Yidui, installation: Installation, folder: Path
) -> None:
    file = file_of(installation)
    away = file.rename(file.with_suffix(".away"))
    for command in (["audit", "verify", CAMPAIGN], ["export", CAMPAIGN]):
        refused = yidui(*command)
        assert (refused.status, f"{file}" in refused.err, "bring" in refused.err) == (1, True, True), refused.err
    assert "明细" in installation.says("li", "明细")
    assert "昭通市第一中学" in installation.says("li", "我的队伍")
    away.rename(file)
    assert audited(yidui).status == 0


def test_a_file_that_was_changed_is_known(yidui: Yidui, installation: Installation, folder: Path) -> None:
    file = file_of(installation)
    whole = file.read_bytes()
    file.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    refused = audited(yidui)
    assert (refused.status, "is not as it was written" in refused.err) == (1, True)
    file.write_bytes(whole)
    store, known = installation.store, installation.store.ledger.archived(CAMPAIGN)
    assert known is not None
    forged = [(seal, (entry, fields | {"by": "somebody"})) for seal, (entry, fields) in ledger_files.read(known)]
    other = ledger_files.write(file.with_suffix(".forged"), CAMPAIGN, forged)
    store.database.hset(store.keys.archive(CAMPAIGN), "doc", other.model_dump_json())
    differing = audited(yidui)
    assert (differing.status, "was changed after it was sealed" in differing.out) == (1, True)
    store.database.hset(store.keys.archive(CAMPAIGN), "doc", known.model_dump_json())
    assert audited(yidui).status == 0


def test_a_copy_of_the_database_is_verified_with_it(yidui: Yidui, tmp_path: Path) -> None:
    made = yidui("backup", str(tmp_path / "backups"))
    assert (made.status, "; verified" in made.out) == (0, True), made.out


def test_where_nothing_came_since_it_is_not_archived_again(yidui: Yidui, folder: Path) -> None:
    refused = yidui("archive", CAMPAIGN, str(folder))
    assert (refused.status, "is archived already" in refused.err) == (1, True)
