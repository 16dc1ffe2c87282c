"""The ledger is sealed: an entry that is edited, removed or inserted by hand is named, and bulletins tell the seal."""

import re
from collections.abc import Callable

import pytest

from scheduler import bulletins
from scheduler.worker import Worker
from storage.audit import verify
from storage.database import Database
from storage.ledger import Line
from storage.migrations.chains import seal_ledgers
from storage.migrations.step import Upgrade
from storage.store import Store
from tests.conversations.conftest import Office

Edit = Callable[[list[Line], int], list[Line]]
FIELDS = ("by", "at", "amount_fen", "op", "number", "team", "kind")


@pytest.fixture
def sealed(office: Office) -> Office:
    """Four teams' reports, sealed as the worker does it while they come in."""
    worker = Worker(office.store, [])
    for name, unit in (("李敏", "昭通市第一中学"), ("王强", "昭通市第二中学"), ("孙丽", "昭通市第三中学")):
        office.captain(name, unit).say("进度 500元 5人次")
        worker.tick(office.store.clock.now())
        office.wait(minutes=1)
    office.person("李敏").say("又筹了300 3人次")
    worker.tick(office.store.clock.now())
    assert [link.partition(" ")[0] for link in links(office)] == [line[0] for line in lines(office)]
    return office


def lines(office: Office) -> list[Line]:
    return list(office.store.ledger.lines(office.campaign.id))


def links(office: Office) -> list[str]:
    return list(office.store.database.lrange(office.store.keys.chain(office.campaign.id), 0, -1))


def found(office: Office) -> list[str]:
    return verify(office.campaign, office.store.database, office.store.keys)


def rewrite(office: Office, entries: list[Line]) -> None:
    """Somebody with the database in her hands writes the ledger anew, every id as it was."""
    key = office.store.keys.ledger(office.campaign.id)
    office.store.database.delete(key)
    for entry, fields in entries:
        office.store.database.xadd(key, fields, id=entry)


def test_a_sealed_ledger_is_content(sealed: Office) -> None:
    assert found(sealed) == []


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("place", [0, 3, -1])
def test_an_edited_entry_is_named_and_no_other(sealed: Office, name: str, place: int) -> None:
    entries = lines(sealed)
    entry, fields = entries[place]
    wrong = fields | {name: "2024-04-20T10:00:07+08:00" if name == "at" else "7"}
    rewrite(sealed, [(e, wrong if e == entry else f) for e, f in entries])
    named = [line for line in found(sealed) if line.startswith("entry ")]
    rewrite(sealed, entries)
    assert named == [f"entry {entry}: was changed after it was sealed"]


@pytest.mark.parametrize("place", [2, 4, -1])
def test_a_removed_entry_is_named(sealed: Office, place: int) -> None:
    entries = lines(sealed)
    gone = entries[place][0]
    rewrite(sealed, [line for line in entries if line[0] != gone])
    told = found(sealed)
    rewrite(sealed, entries)
    assert f"entry {gone}: was removed" in told


@pytest.mark.parametrize("place", [0, 3, -1])
def test_an_inserted_entry_is_named(sealed: Office, place: int) -> None:
    """Of a kind that the program knows, so that the views alone would take it for true."""
    entries = lines(sealed)
    after, fields = entries[place]
    moment, _, number = after.partition("-")
    new = f"{int(moment) - 1}-5" if place == -1 else f"{moment}-{int(number) + 5}"
    rewrite(
        sealed,
        sorted([*entries, (new, fields | {"op": "by-hand"})], key=lambda line: tuple(map(int, line[0].split("-")))),
    )
    told = found(sealed)
    rewrite(sealed, entries)
    assert f"entry {new}: was inserted later" in told


def test_a_trimmed_ledger_is_one_finding_and_the_rest_is_checked(sealed: Office) -> None:
    entries = lines(sealed)
    entry, fields = entries[-2]
    rewrite(sealed, [*entries[3:-2], (entry, fields | {"by": "somebody"}), entries[-1]])
    told = found(sealed)
    rewrite(sealed, entries)
    assert told[0] == (
        f"the ledger begins at entry {entries[3][0]}: 3 before it are gone, from {entries[0][0]} to {entries[2][0]}"
    )
    assert told[1] == f"entry {entry}: was changed after it was sealed"
    assert not any("was removed" in line for line in told)


def test_who_seals_a_changed_ledger_anew_is_found_by_what_bulletins_printed(sealed: Office) -> None:
    office, database = sealed, sealed.store.database
    bulletin(office)
    entries, chain = lines(office), office.store.keys.chain(office.campaign.id)
    entry, fields = entries[1]
    kept = links(office)
    rewrite(office, [(e, fields | {"by": "somebody"} if e == entry else f) for e, f in entries])
    database.delete(chain)
    assert any("does not have the entry" in line for line in found(office))
    office.store.chain.extend(office.campaign.id)
    (told,) = [line for line in found(office) if "a bulletin printed" in line]
    assert told.startswith(f"entry {entries[-1][0]}: a bulletin printed the fingerprint {kept[-1].split(' ')[1][:8]},")
    rewrite(office, entries)
    database.delete(chain)
    database.rpush(chain, *kept)


def bulletin(office: Office) -> str:
    """The text of this evening's, as it goes out."""
    office.go_to("2024-04-20T21:00")
    push = bulletins.push_named(office.campaign, "bulletin")
    office.captain("订阅的人", "昭通市第九中学").say("订阅")
    now = office.store.clock.now()
    bulletins.plan(office.store, office.campaign, push, now, now)
    return next(
        d.notification.text for d in office.store.outbox.list(office.campaign.id) if d.notification.job == "bulletin"
    )


def test_the_bulletin_tells_the_seal_of_all_that_was_booked(sealed: Office) -> None:
    told = re.search(r"^账本指纹 ([0-9a-f]{8})$", bulletin(sealed), re.MULTILINE)
    newest = links(sealed)[-1]
    assert told
    assert newest.startswith(f"{lines(sealed)[-1][0]} {told[1]}")


def test_what_is_asked_for_by_word_bears_no_seal(sealed: Office) -> None:
    """It is no issue: a later one would differ with every report."""
    assert "账本指纹" not in sealed.person("李敏").say("战报")


def test_two_workers_seal_each_entry_once(sealed: Office, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.person("王强").say("又筹了200")
    first = sealed.store.chain.newest(sealed.campaign.id)
    assert sealed.store.chain.extend(sealed.campaign.id) is False
    with monkeypatch.context() as late:
        late.setattr("storage.chain.Chain.newest", lambda *_: first)
        sealed.store.chain.extend(sealed.campaign.id)
    assert len(links(sealed)) == len(lines(sealed))
    assert found(sealed) == []


def test_an_installation_without_a_chain_is_sealed_from_its_first_entry(
    sealed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, kept = sealed, links(sealed)
    office.store.database.delete(office.store.keys.chain(office.campaign.id))
    monkeypatch.setattr("storage.chain.BATCH", 2)
    assert seal_ledgers(upgrade(office.store)) == []
    assert links(office) == kept


def upgrade(store: Store) -> Upgrade:
    return Upgrade(store.database, store.keys, lambda campaign, name: name, store.clock.now(), 5, lambda: None)
