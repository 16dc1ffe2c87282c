"""Each liaison whom a roster names gets a code, binds herself by it, and is the liaison of her unit's teams."""

import json
from pathlib import Path

from storage.models.people import Grant
from tests.cli.conftest import CAMPAIGN, NOON, Installation, Yidui, environment, installation, yidui

__all__ = ["environment", "installation", "yidui"]

HEAD = "单位名称,县区,联络员,联络员电话\n"
ROSTER = HEAD + "永善县人民医院,永善县,王某,13900000001\n永善县第一中学,永善县,李某,\n镇雄县第一中学,镇雄县,,\n"


def applied(yidui: Yidui, path: Path, text: str = ROSTER) -> dict[str, str]:
    """The code of each liaison, by her unit."""
    path.write_text(text, encoding="utf-8")
    told = json.loads(yidui("import", CAMPAIGN, "roster", str(path), "--apply", "--json").out)
    return {row["unit"]: row["code"] for row in told["liaisons"]}


def liaison(installation: Installation, code: str) -> tuple[str, bool]:
    named = installation.store.unit_people.of(CAMPAIGN, code).get("liaison")
    return (named.name, bool(named.person)) if named else ("", False)


def test_a_liaison_binds_herself_by_the_code_of_the_roster(
    yidui: Yidui, installation: Installation, tmp_path: Path
) -> None:
    store, says = installation.store, installation.says
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert json.loads(yidui("import", CAMPAIGN, "roster", str(tmp_path / "roster.csv"), "--json").out)["liaisons"] == []
    codes = applied(yidui, tmp_path / "roster.csv")
    assert list(codes) == ["永善县人民医院", "永善县第一中学"]
    ledger = store.ledger.last_id(CAMPAIGN)
    assert applied(yidui, tmp_path / "roster.csv") == codes
    assert store.ledger.last_id(CAMPAIGN) == ledger
    printed = yidui("import", CAMPAIGN, "roster", str(tmp_path / "roster.csv"), "--apply").out
    assert f"liaison\trow 3\t永善县第一中学\t永善县\t李某\t{codes['永善县第一中学']}" in printed

    named_in_her_place = applied(yidui, tmp_path / "roster.csv", ROSTER.replace("王某", "钱某"))
    assert "已绑定" not in says("wangmou", f"绑定 {codes['永善县人民医院']}"), "it was for who stood there before"
    codes = applied(yidui, tmp_path / "roster.csv")
    assert codes["永善县人民医院"] not in named_in_her_place.values()
    assert "已绑定 永善县人民医院 的联络员" in says("wangmou", f"绑定 {codes['永善县人民医院']}")
    assert liaison(installation, "0002") == ("王某", True)
    assert "已绑定 永善县第一中学 的联络员" in says("limou", codes["永善县第一中学"])
    assert "已登记" in says("zhang", "组队 永善县第一中学 永善县 人道暖昭通 队长张华 13900000009")
    assert liaison(installation, "0003") == ("李某", True)
    assert applied(yidui, tmp_path / "roster.csv") == {"永善县人民医院": "", "永善县第一中学": ""}

    other = applied(yidui, tmp_path / "roster.csv", ROSTER.replace("李某", "赵某"))
    assert other["永善县第一中学"] not in ("", codes["永善县第一中学"])
    says("limou", "注销")
    assert "已" in says("limou", "确认")
    assert liaison(installation, "0003") == ("", False)
    code = store.people.invite(store.campaigns.get(CAMPAIGN), Grant(role="coordinator", region="yongshan"), NOON)
    says("chen", f"绑定 {code}")
    assert "绑定 " in says("chen", "联络员 0003")
    assert liaison(installation, "0003") == ("赵某", False)
    assert "王某" in says("chen", "联络员 0002")
    assert yidui("audit", "verify", CAMPAIGN).status == 0
    kinds = [entry.kind for entry in store.ledger.entries(CAMPAIGN)]
    assert (kinds.count("roster.invited"), kinds.count("roster.bound")) == (4, 2)
    assert not any("王某" in str(entry.values) for entry in store.ledger.entries(CAMPAIGN))
