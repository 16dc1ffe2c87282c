"""`export --format xlsx|csv`: opened by another program's reader, and compared to the fen with boards and ledger."""

import csv
import json
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from handlers.texts.books import entry_name
from storage.boards import ALL
from storage.campaign_extras import BookColumns
from storage.disclosures import Form
from storage.ledger import Entry
from storage.ledger_kinds import DECISIONS, KINDS
from storage.models.people import Grant
from tests.cli.conftest import CAMPAIGN, NOON, Installation, Yidui

SHEETS = ["总览", "县区", "队伍", "报数", "结算", "差异", "舆情", "操作记录"]
Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Workbook:
    path: Path

    def rows(self, sheet: str) -> Rows:
        heading, *rows = CalamineWorkbook.from_path(self.path).get_sheet_by_name(sheet).to_python()
        return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


@pytest.fixture(scope="module", autouse=True)
def peopled(installation: Installation) -> Installation:
    """A coordinator who acts, a case, and a unit whose name a spreadsheet would reckon."""
    store = installation.store
    code = store.people.invite(
        store.campaigns.get(CAMPAIGN), Grant(role="coordinator", region="yongshan"), NOON, "陈主任"
    )
    assert "已绑定" in installation.says("chen", f"绑定 {code}")
    assert "已记录" in installation.says("wang", "进度 88.01元 7人次")
    assert "已记录" in installation.says("chen", "代报 0002 累计 99.03元 8人次")
    assert "已改名" in installation.says("chen", "改名 0002 永善县中医院")
    assert "确认" in installation.says("hu", "举报 永善县有人冒充募捐")
    installation.says("hu", "确认")
    team = store.teams.many(CAMPAIGN, ["0001"])[0]
    key = store.keys.contact_cards(CAMPAIGN)
    store.database.hset(key, team.captains[0], '{"name": "=HYPERLINK(1)", "phone": "+8613900000000"}')
    return installation


@pytest.fixture
def book(yidui: Yidui, tmp_path: Path) -> Workbook:
    done = yidui("export", CAMPAIGN, "--format", "xlsx", "-o", str(tmp_path / "book.xlsx"))
    assert (done.status, done.out) == (0, ""), done.err
    assert done.err == f"{tmp_path / 'book.xlsx'}: 2 teams, 5 reports\n"
    return Workbook(tmp_path / "book.xlsx")


def test_the_sheets_agree_with_the_boards_to_the_fen(book: Workbook, installation: Installation) -> None:
    store = installation.store
    assert CalamineWorkbook.from_path(book.path).sheet_names == SHEETS
    teams = {row["编号"]: row for row in book.rows("队伍")}
    kept = {team.code: team for team in store.teams.many(CAMPAIGN, ["0001", "0002"])}
    for code, team in kept.items():
        row = teams[code]
        assert round(float(str(row["金额（元）"])) * 100) == team.amount_fen
        assert (row["队伍"], row["人次"]) == (team.unit, team.donations)
        score = store.database.zscore(store.keys.board(CAMPAIGN, "amount", ALL), f"{team.number:06d}")
        assert team.amount_fen == -score
    whole, *projects = book.rows("总览")
    totals = store.database.hgetall(store.keys.totals(CAMPAIGN))
    assert (
        round(float(str(whole["金额（元）"])) * 100)
        == int(totals["amount"])
        == sum(round(float(str(row["金额（元）"])) * 100) for row in projects)
    )
    assert round(float(str(whole["线下（元）"])) * 100) == int(totals["offline"])
    assert whole["人次"] == int(totals["donations"])
    assert round(float(str(whole["今日新增（元）"])) * 100) == int(totals[f"today:{NOON:%Y-%m-%d}"])
    sums = store.database.zrange(store.keys.sums(CAMPAIGN, "amount", "region"), 0, -1, withscores=True)
    regions = {store.campaigns.get(CAMPAIGN).region(region).name: -fen for region, fen in sums}
    told = {str(row["县区"]): round(float(str(row["金额（元）"])) * 100) for row in book.rows("县区")}
    assert {name: fen for name, fen in told.items() if fen} == {name: fen for name, fen in regions.items() if fen}


def test_every_report_of_the_ledger_stands_there_with_who_said_it(book: Workbook, installation: Installation) -> None:
    kinds = ("report.accepted", "report.corrected")
    entries = [e for e in installation.store.ledger.entries(CAMPAIGN) if e.kind in kinds]
    rows = book.rows("报数")
    assert [round(float(str(row["报后累计（元）"])) * 100) for row in rows] == [
        int(entry.values["amount_fen"]) for entry in entries
    ]
    assert [(row["方式"], row["渠道"], row["状态"]) for row in rows[:3]] == [
        ("累计", "线上", "有效"), ("新增", "线上", "已撤回"), ("累计", "线下", "有效"),
    ]  # fmt: skip
    assert [row["上报人"] for row in rows] == ["队长"] * 4 + ["永善县协调员"]


def test_numbers_and_moments_are_real_cells_and_text_is_never_a_formula(book: Workbook) -> None:
    first = book.rows("队伍")[0]
    assert isinstance(first["登记时间"], datetime)
    assert isinstance(first["金额（元）"], float)
    assert (first["编号"], first["队长"], first["电话"]) == ("0001", "=HYPERLINK(1)", "+8613900000000")
    with ZipFile(book.path) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(pages) == len(SHEETS)
    assert not any("<f>" in page for page in pages)
    assert all('state="frozen"' in page and "<autoFilter " in page and "<cols>" in page for page in pages)


def test_a_case_has_neither_words_nor_reporter(book: Workbook, installation: Installation) -> None:
    (case,) = book.rows("舆情")
    assert (case["类别"], case["程度"], case["处理情况"]) == ("冒充诈骗", "紧急", "待处理")
    assert str(case["编号"]).startswith("D")
    assert isinstance(case["收到时间"], datetime)
    with ZipFile(book.path) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist()).decode()
    kept = installation.store.incidents.all(CAMPAIGN)[0]
    assert not [word for word in (kept.text, kept.by, "yongshan", "rendao-nuan", "ohuxxx") if word in whole]


def test_acts_name_the_office_and_what_changed(book: Workbook) -> None:
    acts = [(r["办理单位"], r["操作"], r["编号"], r["操作前"], r["操作后"]) for r in book.rows("操作记录")]
    assert acts[:3] == [
        ("永善县协调员", "接受任命", "", "", "永善县协调员"),
        ("永善县协调员", "代报", "0002", "88.01元 7人次", "累计（线上） 99.03元 8人次"),
        ("永善县协调员", "改名", "0002", "永善县人民医院", "永善县中医院"),
    ]
    assert {act[1] for act in acts[3:]} <= {"导出"}
    assert {row["办理人"] for row in book.rows("操作记录")[:3]} == {"陈主任"}


def test_every_act_of_an_office_has_a_name() -> None:
    by_offices = {name for name, kind in KINDS.items() if any(field.name == "office" for field in kind.fields)}
    entry = Entry("1-1", "", "", "", NOON, "", "", {})
    assert {name for name in by_offices | DECISIONS if entry_name(replace(entry, kind=name)) == "其他改动"} == set()


def last_taken(installation: Installation) -> Entry:
    return [e for e in installation.store.ledger.entries(CAMPAIGN) if e.kind == "book.taken"][-1]


def test_csv_is_a_zip_of_one_file_a_sheet(yidui: Yidui, installation: Installation, tmp_path: Path) -> None:
    assert yidui("export", CAMPAIGN, "--format", "csv", "-o", str(tmp_path / "book.zip")).status == 0
    with ZipFile(tmp_path / "book.zip") as archive:
        assert archive.namelist() == [f"{sheet}.csv" for sheet in SHEETS]
        content = archive.read("队伍.csv")
        reports = archive.read("报数.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(TextIOWrapper(BytesIO(content), encoding="utf-8-sig", newline="")))
    assert (rows[0]["金额（元）"], rows[0]["队长"], rows[0]["电话"]) == (
        "17345.67",
        "'=HYPERLINK(1)",
        "'+8613900000000",
    )
    assert len(reports.splitlines()) == 1 + 5
    taken = last_taken(installation)
    assert (taken.by, taken.values) == (
        "operator", {"form": "csv", "region": "", "parts": " ".join(SHEETS), "teams": "2"},
    )  # fmt: skip


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_region_is_taken_alone(yidui: Yidui, installation: Installation, tmp_path: Path, form: Form) -> None:
    path = tmp_path / "book"
    assert yidui("export", CAMPAIGN, "--format", form, "--region", "永善", "-o", str(path)).status == 0
    taken = last_taken(installation)
    assert (taken.values["form"], taken.values["region"], taken.values["teams"]) == (form, "yongshan", "1")
    if form == "xlsx":
        assert [row["编号"] for row in Workbook(path).rows("队伍")] == ["0002"]
        assert {row["编号"] for row in Workbook(path).rows("报数")} == {"0002"}
        assert Workbook(path).rows("总览")[0]["范围"] == "永善县"
        assert not any(row["编号"] == "0001" for row in Workbook(path).rows("操作记录"))
    else:
        assert '"0001"' not in path.read_text(encoding="utf-8")
        assert '"by": "coordinator:yongshan"' in path.read_text(encoding="utf-8")


def test_a_choice_of_columns_stands_in_the_campaign_file(
    yidui: Yidui, installation: Installation, tmp_path: Path
) -> None:
    store = installation.store
    plain = store.campaigns.get(CAMPAIGN)
    sheets = ({"sheet": "队伍", "columns": ("金额（元）", "编号", "县区")}, {"sheet": "报数"})
    wrong = ({"sheet": "队伍", "columns": ("手机",)}, {"sheet": "花名册"})
    choices = [
        BookColumns.model_validate(each)
        for each in ({"name": "对账表", "sheets": sheets}, {"name": "错", "sheets": wrong})
    ]
    store.campaigns.publish(plain.model_copy(update={"book_columns": tuple(choices)}), NOON)
    path = tmp_path / "book.xlsx"
    assert yidui("export", CAMPAIGN, "--format", "xlsx", "--columns", "对账表", "-o", str(path)).status == 0
    assert CalamineWorkbook.from_path(path).sheet_names == ["队伍", "报数"]
    assert list(Workbook(path).rows("队伍")[0].items()) == [
        ("金额（元）", 17345.67),
        ("编号", "0001"),
        ("县区", "昭阳区"),
    ]
    assert last_taken(installation).values["parts"] == "队伍 报数"
    before = installation.store.ledger.last_id(CAMPAIGN)
    for name, told in (("错", "no sheet '花名册'"), ("错", "no column '手机'"), ("没有", "it has: 对账表, 错")):
        done = yidui("export", CAMPAIGN, "--format", "csv", "--columns", name, "-o", str(path))
        assert (done.status, told in done.err) == (1, True), done.err
    assert installation.store.ledger.last_id(CAMPAIGN) == before
    store.campaigns.publish(plain, NOON)


def test_a_pipe_gets_the_bytes_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "export", CAMPAIGN, "--format", "xlsx"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    (tmp_path / "piped.xlsx").write_bytes(done.stdout)
    assert len(Workbook(tmp_path / "piped.xlsx").rows("队伍")) == 2


def test_a_terminal_is_refused(yidui: Yidui, monkeypatch: pytest.MonkeyPatch, installation: Installation) -> None:
    before = installation.store.ledger.last_id(CAMPAIGN)
    monkeypatch.setattr("bot.cli.facts._shows_on_a_terminal", lambda: True)
    done = yidui("export", CAMPAIGN, "--format", "csv")
    assert (done.status, done.out) == (1, "")
    assert "name a file with -o" in done.err
    assert installation.store.ledger.last_id(CAMPAIGN) == before


def test_what_is_broken_off_leaves_no_half_file(yidui: Yidui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "book.zip").write_text("the one before")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("handlers.books.binding.write_zip", broken)
    assert yidui("export", CAMPAIGN, "--format", "csv", "-o", str(tmp_path / "book.zip")).status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["book.zip"]
    assert (tmp_path / "book.zip").read_text() == "the one before"


def test_a_team_off_the_lists_stands_among_the_teams_and_in_no_sum(
    yidui: Yidui, installation: Installation, tmp_path: Path
) -> None:
    assert "已登记" in installation.says("zhou", "组队 永善县第二小学 永善县 博爱昭通行 队长周洁 13900000051")
    assert "已记录" in installation.says("zhou", "进度 5.07元 1人次")
    assert "已停用" in installation.says("chen", "停用 0003 重复登记")
    path = tmp_path / "book.xlsx"
    assert yidui("export", CAMPAIGN, "--format", "xlsx", "-o", str(path)).status == 0
    third = Workbook(path).rows("队伍")[2]
    assert (third["状态"], third["金额（元）"]) == ("已停用", 5.07)
    whole = Workbook(path).rows("总览")[0]
    totals = installation.store.database.hgetall(installation.store.keys.totals(CAMPAIGN))
    assert (whole["队伍数"], round(float(str(whole["金额（元）"])) * 100)) == (2, int(totals["amount"]))
    exported = json.loads(yidui("export", CAMPAIGN).out)["teams"]
    assert [(team["status"], team["rank"]) for team in exported] == [("active", 1), ("active", 2), ("disabled", None)]
    acts = [(row["操作"], row["操作前"], row["操作后"]) for row in Workbook(path).rows("操作记录")]
    assert ("停用", "正常", "已停用") in acts


def test_the_audit_is_content_after_all_that(yidui: Yidui) -> None:
    assert yidui("audit", "verify", CAMPAIGN).status == 0


def test_what_was_put_right_stood_there_before_and_a_team_entered_for_another_is_an_act(
    installation: Installation, yidui: Yidui, tmp_path: Path
) -> None:
    made = installation.says("chen", "补录 永善县第四中学 永善县 博爱昭通行 队长周洁 13900000052")
    assert made.startswith("已登记"), made
    code = made.partition("（#")[2][:4]
    assert installation.says("chen", f"代报 {code} 累计 70.07元 7人次").startswith("已记录")
    assert installation.says("chen", f"更正 {code} 71.07元 7人次").startswith("已更正")
    assert installation.says("chen", f"撤回 {code}").startswith("已撤回")
    path = tmp_path / "book.xlsx"
    assert yidui("export", CAMPAIGN, "--format", "xlsx", "-o", str(path)).status == 0
    rows = [row for row in Workbook(path).rows("操作记录") if row["编号"] == code]
    assert [(row["办理单位"], row["办理人"]) for row in rows] == [("永善县协调员", "陈主任")] * 4
    assert [(row["操作"], row["操作前"], row["操作后"]) for row in rows] == [
        ("代为登记", "", "永善县第四中学；永善县；博爱昭通行；待认领"),
        ("代报", "0.00元", "累计（线上） 70.07元 7人次"),
        ("更正上报", "70.07元 7人次", "更正（线上） 71.07元 7人次"),
        ("撤回上报", "71.07元 7人次", "更正（线上） 70.07元 7人次"),
    ]
