"""`export`, `audit verify`, `invite`, `roles …`: the facts and who may speak for them."""

import json
from pathlib import Path

from bot.settings import PACKAGED_CAMPAIGNS
from storage.campaign_document import Windows
from storage.campaign_files import load
from storage.database import connect
from storage.embedded import ensure
from tests.cli.conftest import CAMPAIGN, NOON, Installation, Yidui

TEAM_KEYS = [
    "code", "unit", "project", "region", "captain", "phone", "status", "registered_at", "amount_fen",
    "donation_count", "offline_fen", "confirmed_fen", "match_fen", "village", "rank",
]  # fmt: skip
REPORT_KEYS = ["id", "team", "at", "as_of", "kind", "amount_fen", "donation_count", "channel", "status", "by"]


def test_export_has_the_promised_shape(yidui: Yidui, tmp_path: Path) -> None:
    done = yidui("export", CAMPAIGN, "--format", "json")
    document = json.loads(done.out)
    assert list(document) == [
        "campaign", "exported_at", "ledger_id", "teams", "reports", "incidents", "deliveries",
    ]  # fmt: skip
    first, second = document["teams"]
    assert list(first) == TEAM_KEYS
    assert first | {"registered_at": ""} == {
        "code": "0001",
        "unit": "昭通市第一中学",
        "project": "rendao-nuan",
        "region": "zhaoyang",
        "captain": "李敏",
        "phone": "13900000000",
        "status": "active",
        "registered_at": "",
        "amount_fen": 1_734_567,
        "donation_count": 321,
        "offline_fen": 500_000,
        "confirmed_fen": None,
        "match_fen": None,
        "village": None,
        "rank": 1,
    }
    assert (second["unit"], second["amount_fen"], second["rank"]) == ("永善县人民医院", 0, None)
    assert all(list(report) == REPORT_KEYS for report in document["reports"])
    assert [(r["kind"], r["channel"], r["amount_fen"], r["status"]) for r in document["reports"]] == [
        ("total", "online", 1_234_567, "accepted"),
        ("increment", "online", 1_284_567, "retracted"),
        ("total", "offline", 500_000, "accepted"),
    ]
    assert document["incidents"] == []
    assert document["exported_at"].startswith("2024-04-25T12:")
    to_file = yidui("export", CAMPAIGN, "-o", str(tmp_path / "out.json"))
    assert to_file.out == ""
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["teams"] == document["teams"]


def test_an_export_names_nobody_by_openid(yidui: Yidui) -> None:
    assert "olixxx" not in yidui("export", CAMPAIGN).out


def test_there_are_three_formats(yidui: Yidui) -> None:
    done = yidui("export", CAMPAIGN, "--format", "pdf")
    assert (done.status, done.err) == (1, "yidui: there is no format 'pdf'; use --format json, csv, xlsx\n")


def test_audit_notices_a_touched_board(yidui: Yidui, installation: Installation) -> None:
    assert yidui("audit", "verify", CAMPAIGN).status == 0
    store = installation.store
    board = store.keys.board(CAMPAIGN, "amount", "all")
    store.database.zincrby(board, -1, "000001")
    done = yidui("audit", "verify", CAMPAIGN)
    assert done.status == 1
    assert done.out.startswith("board amount:all:")
    store.database.zincrby(board, 1, "000001")
    assert yidui("audit", "verify", CAMPAIGN).status == 0


def test_audit_notices_a_region_that_only_its_ranking_knows(yidui: Yidui, installation: Installation) -> None:
    store = installation.store
    sums = store.keys.sums(CAMPAIGN, "amount", "region")
    store.database.zadd(sums, {"ludian": -100})
    done = yidui("audit", "verify", CAMPAIGN)
    assert (done.status, done.out.splitlines()[0]) == (1, "sum amount:region ludian: is 100, the ledger says None")
    store.database.zrem(sums, "ludian")
    done = yidui("audit", "verify", CAMPAIGN)
    last = store.ledger.last_id(CAMPAIGN)
    told = f"{CAMPAIGN}: everything kept equals what the ledger says (2 teams, ledger {last})"
    assert done.out.splitlines()[0] == told


def test_audit_lists_what_an_earlier_primary_alone_has(
    yidui: Yidui, installation: Installation, tmp_path: Path
) -> None:
    """It followed until a moment ago: its ledger ends otherwise, and lacks nothing before."""
    store, earlier = installation.store, ensure(tmp_path / "earlier")
    database, ledger = connect(earlier.url), store.keys.ledger(CAMPAIGN)
    *before, (last, fields) = store.ledger.lines(CAMPAIGN)
    for entry, kept in [*before, (last, fields | {"amount_fen": "1"}), (f"{int(last.split('-')[0]) + 1}-0", fields)]:
        database.xadd(ledger, kept, id=entry)
    done = yidui("audit", "verify", CAMPAIGN, "--against", earlier.url)
    told = [line for line in done.out.splitlines() if line.startswith("only in the earlier primary: ")]
    assert (done.status, len(told)) == (1, 2)
    assert f": {last} {fields['kind']}" in told[0]
    assert "amount_fen=1" in told[0].split()
    database.close()
    earlier.stop()


def test_an_invitation_binds_once_and_can_be_revoked(yidui: Yidui, installation: Installation) -> None:
    invited = yidui("invite", CAMPAIGN, "--role", "coordinator", "--region", "永善", "--name", "刘主任")
    word = invited.out.strip()
    assert word.startswith("绑定 ")
    assert "已绑定" in installation.says("liu", word)
    assert "已绑定" not in installation.says("somebody", word)
    assert "永善县" in installation.says("liu", "我的辖区")
    told = yidui("roles", "list").out.rstrip("\n").split("\t")
    campaign, person, role, region, name, since, by, seen = told
    assert (campaign, role, region, name, by) == (CAMPAIGN, "coordinator", "yongshan", "刘主任", "operator")
    assert seen
    assert since.startswith(seen)
    assert yidui("roles", "revoke", CAMPAIGN, person).status == 0
    assert yidui("roles", "list", CAMPAIGN).out == ""
    assert "不能" in installation.says("liu", "我的辖区")
    assert yidui("roles", "revoke", CAMPAIGN, person).status == 1
    assert yidui("audit", "verify", CAMPAIGN).status == 0


def test_an_unknown_region_is_refused_with_those_there_are(yidui: Yidui) -> None:
    done = yidui("invite", CAMPAIGN, "--role", "coordinator", "--region", "昆明")
    assert done.status == 1
    assert "no region '昆明'" in done.err
    assert "yongshan" in done.err


def test_an_export_holds_the_counts_of_items(yidui: Yidui, installation: Installation) -> None:
    suining = load(PACKAGED_CAMPAIGNS / "suining-2023").model_copy(update={"windows": Windows()})
    installation.store.campaigns.publish(suining, NOON)
    installation.says("feng", "活动 遂宁")
    assert "已登记" in installation.says("feng", "组队 射洪市慈善会 射洪市 遂心 队长冯洁 13900000031")
    for said in ("推出慈善项目 3个", "推出慈善项目 4个", "宣传工作方案 1份"):
        assert "已记录" in installation.says("feng", said)
    assert "已撤回" in installation.says("feng", "撤回 推出慈善项目")
    assert json.loads(yidui("export", suining.id).out)["tasks"] == [
        {"task": "projects", "region": "shehong", "count": 3},
        {"task": "publicity-plan", "region": "shehong", "count": 1},
    ]
    assert yidui("audit", "verify", suining.id).status == 0
