"""`yidui import ID roster FILE`: what it would do, what it did, and that the second run changes nothing."""

import json
from pathlib import Path

import pytest

from storage.roster import RosterUnit
from tests.cli.conftest import (
    CAMPAIGN,
    Done,
    Installation,
    Yidui,
    environment,
    installation,
    yidui,
)
from tests.imports.workbook import write_workbook

__all__ = ["environment", "installation", "yidui"]

HEAD = "单位名称,简称,县区,预定项目,联络员,联络员电话\n"
ROSTER = HEAD + (
    "永善县人民医院,县医院,永善县,博爱昭通行,王某,13900000001\n"
    "永善县第一中学,,永善,,李某,0870-1234567\n"
    "镇雄县中心小学,,,,,\n"
    "绥江县第一中学,,昆明,,,\n"
    "中学,,永善县,,,\n"
    "永善县第二中学,,永善县,不知道,,\n"
    "永善县第三中学,,永善县,,张某,123\n"
    "永善县人民医院,,永善县,,,\n"
    "合计,,,,,\n"
)
REFUSED = {
    5: "no region is called 昆明",
    6: "what many units are called; write it in full",
    7: "no project is called 不知道",
    8: "123 is no telephone",
    9: "the same unit as row 2",
    10: "a line of sums, no unit",
}


@pytest.fixture(autouse=True)
def empty(installation: Installation) -> None:
    """The installation stands for the whole module; every test begins without a roster."""
    keys, database = installation.store.keys, installation.store.database
    for pattern in (f"{keys.roster(CAMPAIGN)}*".replace("{", "[{]").replace("}", "[}]"),):
        if found := list(database.scan_iter(match=pattern)):
            database.delete(*found)


def roster(tmp_path: Path, text: str = ROSTER) -> str:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def units(installation: Installation) -> dict[str, RosterUnit]:
    return {listing.unit.unit: listing.unit for listing in installation.store.roster.all(CAMPAIGN).values()}


def told(done: Done) -> dict[str, list[dict[str, object]]]:
    return json.loads(done.out)  # type: ignore[no-any-return]


def test_a_dry_run_tells_the_lists_and_writes_nothing(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    last = installation.store.ledger.last_id(CAMPAIGN)
    done = yidui("import", CAMPAIGN, "roster", roster(tmp_path))
    assert done.status == 1
    assert "new\trow 2\t永善县人民医院\t永善县" in done.out
    assert "new\trow 4\t镇雄县中心小学\t镇雄县" in done.out
    for row, reason in REFUSED.items():
        assert f"refused\trow {row}\t" in done.out
        assert f"\t{reason}\n" in done.out
    assert f"{CAMPAIGN}: 3 new, 0 same, 0 changed, 0 alike, 6 refused" in done.out
    assert "nothing was written of roster.csv; --apply does" in done.err
    assert units(installation) == {}
    assert installation.store.ledger.last_id(CAMPAIGN) == last


def test_what_was_written_is_the_same_the_second_time(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    file = roster(tmp_path)
    yidui("import", CAMPAIGN, "roster", file, "--apply")
    assert units(installation)["永善县人民医院"] == RosterUnit(
        unit="永善县人民医院",
        short=("县医院",),
        keys=("永善县人民医院", "县医院", "永善县医院"),
        region="yongshan",
        project="boai-xing",
    )
    last = installation.store.ledger.last_id(CAMPAIGN)
    again = told(yidui("import", CAMPAIGN, "roster", file, "--apply", "--json"))
    assert [len(again[name]) for name in ("new", "same", "changed", "alike", "refused")] == [0, 3, 0, 0, 6]
    assert installation.store.ledger.last_id(CAMPAIGN) == last


def test_a_refused_row_is_mended_and_sent_alone(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    yidui("import", CAMPAIGN, "roster", roster(tmp_path), "--apply")
    mended = roster(tmp_path, f"{HEAD}绥江县第一中学,,绥江县,,,\n")
    done = yidui("import", CAMPAIGN, "roster", mended, "--apply")
    assert done.status == 0
    assert f"{CAMPAIGN}: 1 new, 0 same, 0 changed, 0 alike, 0 refused" in done.out
    assert len(units(installation)) == 4


def test_what_changed_is_told_before_and_after(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    yidui("import", CAMPAIGN, "roster", roster(tmp_path), "--apply")
    changed = roster(tmp_path, f"{HEAD}永善县人民医院,县医院,永善县,,赵某,13900000009\n")
    done = yidui("import", CAMPAIGN, "roster", changed, "--apply")
    assert done.status == 0
    assert (
        "changed\trow 2\t永善县人民医院\tproject: 博爱昭通行 → (none); liaison: 王某 13900000001 → 赵某 13900000009"
        in done.out
    )
    [listing] = [each for each in installation.store.roster.all(CAMPAIGN).values() if each.unit.short]
    assert (listing.unit.project, listing.people.liaison.name) == ("", "赵某")


def test_a_table_without_a_column_leaves_what_is_kept(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    yidui("import", CAMPAIGN, "roster", roster(tmp_path), "--apply")
    done = yidui("import", CAMPAIGN, "roster", roster(tmp_path, "单位名称,县区\n永善县人民医院,永善县\n"), "--apply")
    assert "0 new, 1 same, 0 changed" in done.out


def test_what_looks_like_another_unit_is_offered_and_never_merged(
    yidui: Yidui, installation: Installation, tmp_path: Path
) -> None:
    text = HEAD + "永善县第一中学,,永善县,,,\n永善县第一高级中学,,永善县,,,\n永善县第十一中学,,永善县,,,\n"
    file = roster(tmp_path, text)
    done = yidui("import", CAMPAIGN, "roster", file, "--apply")
    assert done.status == 0
    assert "alike\trow 3\t永善县第一高级中学\t永善县\tlike 永善县第一中学" in done.out
    assert set(units(installation)) == {"永善县第一中学", "永善县第十一中学"}
    assert "2 same, 0 changed, 1 alike" in yidui("import", CAMPAIGN, "roster", file, "--apply", "--apart").out
    assert set(units(installation)) == {"永善县第一中学", "永善县第十一中学", "永善县第一高级中学"}
    assert "3 same, 0 changed, 0 alike" in yidui("import", CAMPAIGN, "roster", file).out


def test_telephones_stand_nowhere_but_where_they_can_be_erased(
    yidui: Yidui, installation: Installation, tmp_path: Path
) -> None:
    yidui("import", CAMPAIGN, "roster", roster(tmp_path), "--apply")
    store = installation.store
    ledger = " ".join(str(entry.values) for entry in store.ledger.entries(CAMPAIGN))
    assert "永善县人民医院" in ledger
    assert "王某" not in ledger
    assert "13900000001" not in ledger
    assert "王某" in store.database.hvals(store.keys.roster_people(CAMPAIGN))[0]


def test_a_workbook_and_a_malformed_one(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    rows = [["单位名称", "县区"], ["永善县人民医院", "永善县"]]
    good = write_workbook(tmp_path / "a.xlsx", {"名册": rows})
    assert yidui("import", CAMPAIGN, "roster", str(good), "--apply").status == 0
    bad = write_workbook(tmp_path / "b.xlsx", {"名册": rows}, formula="1+1")
    done = yidui("import", CAMPAIGN, "roster", str(bad), "--apply")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("yidui: b.xlsx: there are formulas in it")
    assert set(units(installation)) == {"永善县人民医院"}


def test_a_wrong_kind_or_file_is_one_line(yidui: Yidui, tmp_path: Path) -> None:
    assert "there is no import of 'village'" in yidui("import", CAMPAIGN, "village", roster(tmp_path)).err
    assert "no-such.csv" in yidui("import", CAMPAIGN, "roster", "no-such.csv").err


def test_the_platforms_file_by_the_command_line(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "platform.csv"
    file.write_text("编号,金额,人次,配捐\n0001,12845.67,321,5\n0002,10,1,\n", encoding="gb18030")
    asked = yidui("import", CAMPAIGN, "platform", str(file))
    assert asked.status == 1
    assert "say of which the figures are: --as-of" in asked.err
    done = yidui("import", CAMPAIGN, "platform", str(file), "--apply", "--as-of", "2024-04-25T11:59")
    assert done.status == 0
    assert "2 new, 0 same, 0 changed, 0 refused" in done.out
    teams = json.loads(yidui("export", CAMPAIGN).out)["teams"]
    assert [(team["confirmed_fen"], team["match_fen"]) for team in teams] == [(1_284_567, 500), (1_000, None)]
    assert "2 same" in yidui("import", CAMPAIGN, "platform", str(file), "--apply", "--as-of", "2024-04-25T11:59").out
