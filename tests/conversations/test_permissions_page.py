"""docs/permissions.md: every word, said by everybody, about a team of hers and of another; `make docs` writes it."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.simulator.people import SimulatedPerson
from handlers import router
from handlers.texts.wording import CONFIRM
from storage.ledger import Author
from storage.models.people import Card, Grant, Membership, Role
from storage.outbox import Settlement
from storage.platform import Confirmed
from storage.teams import NewTeam
from tests.conversations.conftest import Office, one_server
from tests.conversations.test_table import table

PAGE = Path(__file__).parents[2] / "docs/permissions.md"
BEGIN, END = "<!-- tables: written by tests/conversations/test_permissions_page.py -->", "<!-- end of the tables -->"

ABOUT_A_TEAM = (
    "进度 0001 6000元 60人次",
    "更正 0001 5200元",
    "撤回 0001",
    "恢复 0001",
    "明细 0001",
    "改名 0001 永善县中医院",
    "移区 0001 绥江县",
    "改项目 0001 童享阳光",
    "停用 0001 冒名",
    "启用 0004",
    "换队长 0001",
    "移交 0001",
    "加队长 0001",
    "认领码 0001",
    "联络员 0001 王某 13900000000",
    "分管领导 0001 李某",
    "舆情专人 0001 张某",
    "队伍 0001",
    "通过 0003",
    "驳回 0003 单位名称不规范",
    "电话 0001",
    "关注码 0001",
    "我队海报 0001",
    "感谢状 0001",
    "合并 0001 0005",
    "D3",
    "接手 D3",
    "通过 D3",
    "退回 D3 请核对",
    "采用平台 0001",
    "保留上报 0001",
    "请队长核对 0001",
    "改定稿 0001 3200元 平台复核",
)
"""#0001 is active, #0003 waits to be let in, #0004 is off the lists, #0005 has no captain, D3 are figures of #0001 that
wait; all of 永善县."""
OTHERWISE = (
    "组队 永善县第一中学 永善县 人道暖昭通 队长孙丽 13933333333",
    "认领 认领码",
    "改电话 13900000009",
    "队伍 永善县",
    "队伍 绥江县",
    "回答 D1 放在门厅",
    "收录 D2",
    "举报 有人冒充我们募捐",
    "绑定 邀请码",
    "活动 昭通",
    "邀请 永善县 协调员 张主任",
    "邀请 绥江县 协调员 张主任",
    "邀请 全部 组织方 张主任",
    "提额 永善县 100000",
    "提额 绥江县 100000",
    "提额 人道暖昭通 100000",
    "通过 D4",
    "退回 D4 再等等",
    "案件 D5",
    "接手 D5",
    "转 D5 组织方",
    "结案 D5 已核实",
    "催报 永善县",
    "催报 绥江县",
    "通知 永善县 明早10点开始配捐",
    "通知 绥江县 明早10点开始配捐",
    "未报 永善县",
    "未报 绥江县",
    "工作台",
    "退出网页",
    "导出 永善县",
    "导出 绥江县",
    "重发 D6",
    "目标 永善县 保 50000",
    "目标 绥江县 保 50000",
    "取消角色",
    "取消角色 陈主任",
    "取消角色 冯主任",
)
"""What is said of nobody's team, where the word alone is not enough; 陈主任 is of 永善县, 冯主任 of 绥江县. D4 is a
raise that waits, D5 a case, both of 永善县; D6 a push of which nobody knows whether it arrived."""
ROLES = {
    "nobody": "路人",
    "its captain": "李敏",
    "another captain": "王芳",
    "its coordinator": "刘主任",
    "another coordinator": "冯主任",
    "organizer": "王主任",
}
IN_GENERAL = {
    "nobody": "路人",
    "captain": "李敏",
    "coordinator": "刘主任",
    "county organizer": "何主任",
    "organizer": "王主任",
}
_NOT_HERS = re.compile("不能|没有这个编号")
_COPY = "for _, k in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', k, k, 'DB', {}) end"
_SAVE = _COPY.format(1)
_PUT_BACK = f"redis.call('FLUSHDB') redis.call('SELECT', 1) {_COPY.format(0)}"


@dataclass(frozen=True)
class Cast:
    """Everybody, at one moment to which the database is put back before each line. `codes`: what stands for a code."""

    office: Office
    codes: Mapping[str, str]

    def says(self, who: str, line: str) -> tuple[str, bool]:
        """What she is answered, and whether something was written or waits for her yes."""
        database = self.office.store.database
        database.eval(_PUT_BACK, 0)
        before = len(self.office.ledger())
        for called, code in self.codes.items():
            line = line.replace(f" {called}", f" {code}")
        answer = self.office.person(who).say(line)
        written = {*self.office.ledger()[before:]} - {"card.shown"}
        return answer, bool(written) or CONFIRM in answer


def bind(office: Office, name: str, region: str, role: Role = "coordinator") -> SimulatedPerson:
    grant = Grant(role=role, region=region)
    office.person(name).say(
        f"绑定 {office.store.people.invite(office.campaign, grant, office.store.clock.now(), name)}"
    )
    return office.person(name)


@pytest.fixture
def cast(office: Office) -> Cast:
    li = office.captain("李敏", "永善县人民医院", "永善县")
    for said in ("进度 5000元 50人次", "又筹了100", "撤回"):
        li.say(said)
    office.captain("王芳", "绥江县第一中学", "绥江县")
    store, now = office.store, office.store.clock.now()
    new = NewTeam("永善县幼儿园", "永善县幼儿园", "rendao-nuan", "yongshan", None, Card(), "pending")
    city, her = bind(office, "王主任", "", "organizer"), Membership(roles="organizer:")
    store.teams.register(office.campaign, Author("pending", office.id_of(city), now), new, her)
    for unit in ("永善县第三中学", "永善县第四中学"):
        city.say(f"组队 {unit} 永善县 人道暖昭通 队长赵强 13900000001")
    city.say("停用 0004")
    for question in ("物资放在哪里", "帐篷由谁来搭"):
        store.questions.ask(office.campaign, office.id_of(li), question, now)
    city.say("回答 D2 后勤组")
    for name, region in (("刘主任", "yongshan"), ("陈主任", "yongshan"), ("冯主任", "suijiang")):
        bind(office, name, region)
    bind(office, "何主任", "yongshan", "organizer")
    li.say("进度 99,999,999元 300人次")
    li.say("确认")
    office.person("陈主任").say("提额 童享阳光 90000")
    office.person("路人").say("举报 永善县有人冒充我们募捐")
    office.person("路人").say("确认")
    push = store.outbox.list(office.campaign.id)[-1].notification
    store.outbox.settle([Settlement(office.campaign.id, push.id, "unknown", now)])
    assert [matter.number for matter in store.deliveries.matters.all(office.campaign.id)] == ["D6"]
    told = Confirmed(team="0001", amount_fen=490_000, as_of=now, reported_fen=500_000)
    store.reconciling.take_in(office.campaign, Author("evening", "operator", now), [told], {})
    office.person("路人").say("帮助")
    office.wait(hours=26)
    codes = {"认领码": office.team("永善县第四中学").claim_code, "邀请码": office.invitation("ludian")}
    store.database.eval(_SAVE, 0)
    return Cast(office, codes)


def words_alike() -> list[list[str]]:
    """Every word beside the others that mean the same."""
    alike: dict[object, list[str]] = {}
    for word, command in router.commands.items():
        alike.setdefault(command.handler, []).append(word)
    return list(alike.values())


def of(lines: Iterable[str], words: list[str]) -> list[str]:
    """Those of some lines that begin with one of the words."""
    return [line for line in lines if line.split()[0] in words]


def marks(cast: Cast, line: str, roles: Mapping[str, str], sentences: dict[str, str]) -> list[str]:
    """Where anybody writes by a line, whoever does not is refused; of a look-up, whoever is told that she may not."""
    said = [cast.says(who, line) for who in roles.values()]
    writes, told = any(done for _, done in said), []
    for answer, done in said:
        if done:
            told.append("✓ after a yes" if CONFIRM in answer else "✓")
        elif writes or _NOT_HERS.search(answer.split("。")[0]):
            told.append(sentences.setdefault(_refusal(answer, line), f"r{len(sentences) + 1}"))
        else:
            told.append("✓")
    return told


def _refusal(answer: str, line: str) -> str:
    """The sentence that says why not, without what she said herself."""
    sentences = re.findall(r"[^。\n]+。?", answer)
    sentence = next((each for each in sentences if "不能" in each), sentences[0])
    return re.sub("“([^”]+)”", lambda quoted: "“…”" if quoted[1] in line else quoted[0], sentence)


def written(cast: Cast) -> str:
    sentences: dict[str, str] = {}
    about = [(f"`{line}`", *marks(cast, line, ROLES, sentences)) for line in ABOUT_A_TEAM]
    others = [
        (f"`{line}`", *marks(cast, line, IN_GENERAL, sentences))
        for words in words_alike()
        for line in of(OTHERWISE, words) or ([] if of(ABOUT_A_TEAM, words) else words[:1])
    ]
    alike = [(f"`{words[0]}`", " ".join(f"`{word}`" for word in words[1:])) for words in words_alike() if words[1:]]
    return "\n\n".join(
        [
            "## About a team",
            table(("Said", *ROLES), about),
            "## Of no team",
            table(("Said", *IN_GENERAL), others),
            "## The sentences",
            table(("", "Begins"), ((mark, sentence) for sentence, mark in sentences.items())),
            "## Words that mean the same",
            table(("Word", "And"), alike),
        ]
    )


@one_server
def test_the_page_is_what_the_bot_says(cast: Cast) -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page = f"{before}{BEGIN}\n\n{written(cast)}\n\n{END}{after}"
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run `make docs`, and read what it changed"


def test_every_line_begins_with_a_word() -> None:
    lines = (*ABOUT_A_TEAM, *OTHERWISE)
    said = [line for line in lines if not re.fullmatch(r"D\d", line)]
    assert [line for line in said if not any(of([line], words) for words in words_alike())] == []
