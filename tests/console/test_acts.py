"""What is done at the console: by the function that the word calls, once for each form, told to the captain."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.settings import Settings
from bot.simulator.people import SimulatedPerson
from scheduler.bookbinding import Bookbinder
from tests.console.conftest import Enter, Visitor, seen
from tests.conversations.conftest import Office


@pytest.fixture
def wang(office: Office) -> SimulatedPerson:
    """#0001 of 永善县, reported for on a matching day; #0002 beside it, silent."""
    wang = office.captain("王强", "永善县人民医院", "永善县", "博爱昭通行")
    office.captain("陈静", "永善县第一中学", "永善县", "博爱昭通行")
    office.go_to("2024-05-08T16:00")
    wang.say("进度 45678.90元 856人次")
    return wang


@pytest.fixture
def desk(office: Office, enter: Enter, wang: SimulatedPerson) -> Visitor:
    return enter(office.coordinator("刘主任", "yongshan"))


def told_to_captains(office: Office) -> list[str]:
    return [delivery.notification.text for delivery in office.store.outbox.list(office.campaign.id)]


def test_every_act_and_its_undoing(office: Office, desk: Visitor, wang: SimulatedPerson) -> None:
    page = "/teams/0001"
    for word, form, done, undone in (
        ("rename", {"unit": "永善县中医院"}, "已改名 永善县中医院", "已撤销 改名"),
        ("reassign", {"to": "rendao-nuan", "reason": "报错了"}, "已改项目", "已撤销 改项目"),
        ("code", {"as": "another"}, "的认领码：", "已撤销 发认领码"),
    ):
        assert done in seen(desk.post(f"{page}/{word}", form, page=page)), word
        overview = desk.get()
        assert "您最近一次操作" in seen(overview)
        last = overview.text.split('name="last" value="')[1].split('"')[0].replace("&#34;", '"')
        assert undone in seen(desk.post("/undo", {"last": last})), word
    assert office.team("永善县人民医院").project == "boai-xing"
    told = told_to_captains(office)
    assert sum("永善县协调员把您的队伍" in text for text in told) == 6
    assert not any("刘主任" in text for text in told)
    assert "如有误，点总览上的“撤销”" in seen(desk.post(f"{page}/rename", {"unit": "永善县人民医院总院"}, page=page))
    desk.post(f"{page}/rename", {"unit": "永善县人民医院"}, page=page)
    disabled = desk.agree(f"{page}/disable", {"reason": "冒名"}, page=page)
    assert "已停用 永善县人民医院" in seen(disabled)
    assert "已启用" in seen(desk.post(f"{page}/enable", page=page))
    refused = desk.send(f"{page}/rename", {"unit": "我"}, desk.key(page))
    assert refused.status_code == 422
    assert 'value="我"' in refused.text, "what she filled in stays"
    assert "没有" in seen(desk.post("/undo", {"last": "{}"}))
    record = seen(desk.get("/record"))
    assert "停用 永善县人民医院 停用 永善县协调员" in record
    assert "撤销操作 永善县人民医院" in record


def test_figures(office: Office, desk: Visitor, wang: SimulatedPerson) -> None:
    page, team = "/teams/0001", lambda: office.team("永善县人民医院")
    newest = {"channel": "online", "report": team().online.report}
    put_right = desk.post(f"{page}/correct", {**newest, "amount": "４５,６００元", "donations": ""}, page=page)
    assert "45,600.00元 856人次" in seen(put_right)
    assert (team().amount_fen, team().donations) == (4_560_000, 856)
    stale = desk.post(f"{page}/correct", {**newest, "amount": "1"}, page=page)
    assert "刚刚有变动" in seen(stale), "she was shown another figure"
    newest = {"channel": "online", "report": team().online.report}
    doubted = desk.post(f"{page}/correct", {**newest, "amount": "400"}, page=page)
    assert "请核对" in seen(doubted)
    assert team().amount_fen == 4_560_000
    taken = desk.agree(f"{page}/take-back", newest, page=page)
    assert "已撤回" in seen(taken)
    assert team().amount_fen == 4_567_890
    written = desk.agree(f"{page}/report", {"channel": "offline", "amount": "0.5万", "donations": "12"}, page=page)
    assert "已记录" in seen(written)
    assert team().offline.amount_fen == 500_000
    assert "不是金额" in seen(desk.post(f"{page}/report", {"channel": "online", "amount": "很多"}, page=page))
    waits = desk.agree(f"{page}/report", {"channel": "online", "amount": "9,999,999"}, page=page)
    assert "等协调员核实" in seen(waits)
    assert any("永善县协调员为您的队伍 永善县人民医院（#0001） 记了" in text for text in told_to_captains(office))
    history = seen(desk.get(page))
    assert "累计（线下） 0.00元 → 5,000.00元 12人次" in history
    assert "永善县协调员" in history


def test_a_form_writes_once(office: Office, desk: Visitor) -> None:
    page, key = "/teams/0001", desk.key("/teams/0001")
    before = len(office.ledger())
    first = desk.send(f"{page}/rename", {"unit": "永善县中医院"}, key)
    again = desk.send(f"{page}/rename", {"unit": "永善县妇幼保健院"}, key)
    assert first.location == again.location
    assert "已改名 永善县中医院" in seen(desk.client.get(again.location))
    assert len(office.ledger()) == before + 1
    key = desk.key(page)
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: desk.send(f"{page}/code", {"as": "another"}, key), range(4)))
    assert {answer.location for answer in sent} == {sent[0].location}
    assert len(office.ledger()) == before + 2


def test_several_at_once(office: Office, desk: Visitor) -> None:
    codes = {"code": ["0001", "0002", "0077"]}
    told = seen(desk.agree("/teams/act?state=all", {"word": "remind", **codes}, page="/teams"))
    assert "3支里办好1支" in told
    assert "永善县第一中学（#0002） 已提醒队长" in told
    assert "今天已有消息" in told
    assert "没有“0077”这支队伍" in told
    again = seen(desk.agree("/teams/act", {"word": "remind", "code": ["0002"]}, page="/teams"))
    assert "今天已提醒过" in again
    assert "还没有勾选队伍" in seen(desk.post("/teams/act", {"word": "remind"}, page="/teams"))
    made = seen(desk.post("/teams/act", {"word": "code", "code": ["0001", "0002"]}, page="/teams"))
    assert "2支都办好了" in made


def test_what_waits(office: Office, desk: Visitor, wang: SimulatedPerson, enter: Enter) -> None:
    office.person("陈静").say("进度 2600000元 130人次")
    office.person("陈静").say("确认")
    office.person("路人").say("举报 有人冒充永善县人民医院募捐")
    office.person("路人").say("确认")
    zhao = enter(office.coordinator("赵老师", ""))
    page = seen(desk.get("/todo"))
    assert "待核实的数字 1条" in page
    assert "案件 1件未结" in page
    figures, case = "D1", "D2"
    assert "已接手" in seen(desk.post(f"/todo/{figures}/take", page="/todo"))
    assert "先接手" in seen(zhao.post(f"/todo/{figures}/take", page="/todo")), "a second press shows who was first"
    passed = desk.post(f"/todo/{figures}/pass", page="/todo")
    assert "已通过 D1" in seen(passed)
    assert office.team("永善县第一中学").amount_fen == 260_000_000
    assert "已由永善县协调员在" in seen(zhao.post(f"/todo/{figures}/pass", page="/todo"))
    assert "没有找到“南京”" in seen(desk.post(f"/todo/{case}/hand-on", {"to": "南京"}, page="/todo"))
    assert "已转 D2" in seen(desk.post(f"/todo/{case}/hand-on", {"to": "组织方"}, page="/todo"))
    assert "永善县" in seen(zhao.post(f"/todo/{case}/hand-on", {"to": "永善县"}, page="/todo"))
    assert "已接手 D2" in seen(desk.post(f"/todo/{case}/take-case", page="/todo"))
    assert "请带上处理结果" in seen(desk.post(f"/todo/{case}/close", {"result": " "}, page="/todo"))
    assert "已结案 D2" in seen(desk.post(f"/todo/{case}/close", {"result": "已核实，不属实"}, page="/todo"))
    assert "没有等您处理的事项" in seen(desk.get("/todo"))


def test_merging_is_shown_first(office: Office, desk: Visitor) -> None:
    office.person("陈静").say("进度 1000元 10人次")
    form: dict[str, object] = {"into": "0002"}
    asked = seen(desk.post("/teams/0001/merge", form, page="/teams/0001"))
    assert "两个捐赠页面：两队相加，46,678.90元" in asked
    merged = desk.agree("/teams/0001/merge", form, choice=1, page="/teams/0001")
    assert "已合并" in seen(merged)
    assert office.team("永善县第一中学").amount_fen == 4_667_890


def test_a_notice_is_looked_at_first(office: Office, desk: Visitor) -> None:
    refused = desk.send("/messages/notice", {"words": "每人至少捐100元"}, desk.key("/messages"))
    assert refused.status_code == 422
    assert "自愿" in seen(refused)
    form: dict[str, object] = {"words": "明早10点开始配捐"}
    sent = desk.agree("/messages/notice", form, page="/messages")
    assert "已通知 2 支队伍" in seen(sent)
    assert any("【永善县协调员通知】明早10点开始配捐" in text for text in told_to_captains(office))
    reminded = desk.agree("/messages/remind", {}, page="/messages")
    assert "已催报 1 支队伍" in seen(reminded)
    office.store.outbox.claim(office.campaign.id, office.store.clock.now(), 10)
    assert "最近的推送" in seen(desk.get("/messages"))


def test_people(office: Office, enter: Enter, wang: SimulatedPerson) -> None:
    zhao, liu = enter(office.coordinator("赵主任", "", "organizer")), office.coordinator("刘主任", "yongshan")
    assert enter(liu).get("/people").status_code == 404
    made = seen(
        zhao.post("/people/invite", {"role": "coordinator", "region": "yongshan", "name": "钱老师"}, page="/people")
    )
    assert "已邀请 永善县协调员钱老师" in made
    qian = office.person("钱老师")
    assert qian.say(made.split("下面这一行： ")[1][:11]).startswith("已绑定")
    role = f"{office.id_of(liu)} coordinator:yongshan"
    desk = enter(liu)
    taken = zhao.agree("/people/take-away", {"role": role, "reason": "换人"}, page="/people")
    assert "永善县协调员" in seen(taken)
    assert desk.get().status_code == 303, "at the next click she is out"
    last = zhao.get().text.split('name="last" value="')[1].split('"')[0].replace("&#34;", '"')
    assert "角色" in seen(zhao.post("/undo", {"last": last}))
    assert desk.get().status_code == 200


def test_questions_and_rules(office: Office, desk: Visitor, enter: Enter) -> None:
    asker = office.person("队员")
    asker.say("义卖剩下的帐篷放在哪里？")
    asker.say("确认")
    waiting = seen(desk.get("/questions"))
    assert "义卖剩下的帐篷放在哪里" in waiting
    number = "D1"
    assert "已记录 D1 的答复" in seen(
        desk.post(f"/questions/{number}/answer", {"answer": "放在门厅"}, page="/questions")
    )
    refused = desk.send("/questions/D1/adopt", {}, desk.key("/messages"))
    assert "只有负责全部县区的协调员" in seen(refused)
    zhao = enter(office.coordinator("赵老师", ""))
    adopted = zhao.agree("/questions/D1/adopt", {"phrasing": ""}, page="/questions")
    assert "写进规则" in seen(adopted)
    assert "收录过的 义卖剩下的帐篷放在哪里? 放在门厅" in seen(adopted)
    assert "义卖剩下的帐篷放在哪里" in seen(zhao.get("/rules"))
    gone = zhao.agree("/questions/D1/withdraw", {}, page="/questions")
    assert "收录过的" not in seen(gone)


def test_what_is_published(office: Office, desk: Visitor, enter: Enter) -> None:
    assert "昭通" in seen(desk.get("/file"))
    assert "战报" in seen(desk.get("/plan"))
    push = next(push for push in office.campaign.pushes if push.job == "bulletin")
    assert desk.get(f"/plan/{push.id}").status_code == 404
    zhao = enter(office.coordinator("赵老师", ""))
    assert "45,678.90" in seen(zhao.get(f"/plan/{push.id}"))


def test_a_book_is_hers_alone(office: Office, desk: Visitor, enter: Enter, settings: Settings) -> None:
    asked = seen(desk.post("/books", {"region": "yongshan", "form": "xlsx"}, page="/books"))
    assert "正在生成永善县的表格" in asked
    assert "请选择" in seen(desk.post("/books", {"region": "zhaoyang", "form": "xlsx"}, page="/books"))
    binder = Bookbinder(office.store, settings.data_dir, "http://127.0.0.1:8000")
    binder.tick()
    binder.wait()
    [told] = [text for text in told_to_captains(office) if "的表格好了" in text]
    link = re.search(r"/console/books/\w+", told)
    assert link
    assert link[0] in desk.get("/books").text
    opened = desk.client.get(link[0])
    assert opened.data[:2] == b"PK"
    assert opened.headers["Cache-Control"] == "no-store"
    opened.close()
    zhao = enter(office.coordinator("赵老师", ""))
    assert zhao.client.get(link[0]).status_code == 404, "hers alone, whoever stands above"
    assert "永善县协调员" in seen(zhao.get("/books"))
    stranger = office.app.test_client().get(link[0])
    assert stranger.location == "/console", "a link opens nothing by itself"
    assert office.ledger().count("book.taken") == 1


def test_after_the_freeze(office: Office, desk: Visitor, enter: Enter) -> None:
    """Figures are final: who coordinates is told so, an organizer changes one with a reason, and may undo it."""
    page, online = "/teams/0001", {"channel": "online", "amount": "45000", "donations": ""}
    newest = {**online, "report": office.team("永善县人民医院").online.report}
    office.store.campaigns.freeze(office.campaign.id, office.store.clock.now())
    office._forget_cache()
    assert "定稿" in seen(desk.get(page))
    assert 'action="/console/zhaotong-2024/teams/0001/correct"' not in desk.get(page).text
    assert "的数字已经定稿" in seen(desk.post(f"{page}/correct", newest, page=page))
    reported = {"channel": "online", "amount": "46000", "donations": "860"}
    assert "的数字已经定稿" in seen(desk.post(f"{page}/report", reported, page=page)), "her page was older"
    assert "的数字已经定稿" in seen(desk.post(f"{page}/take-back", newest, page=page))
    assert "的数字已经定稿" in seen(desk.post(f"{page}/merge", {"into": "0002"}, page=page))
    assert "不能" in seen(desk.post(f"{page}/change-final", {**online, "reason": "复核"}, page=page))
    organizer = enter(office.coordinator("王主任", "", "organizer"))
    changed = organizer.post(f"{page}/change-final", {**online, "reason": "平台复核"}, page=page)
    assert "45,678.90元 856人次 → 45,000.00元 856人次" in seen(changed)
    last = organizer.get().text.split('name="last" value="')[1].split('"')[0].replace("&#34;", '"')
    assert "已撤销 改定稿" in seen(organizer.post("/undo", {"last": last}))
    assert "45,678.90元" in seen(organizer.get(page))


def test_a_push_is_switched_where_the_plan_is_shown(office: Office, enter: Enter, wang: SimulatedPerson) -> None:
    """By the act that the word 推送 calls; only by whoever organizes the whole campaign."""
    county = enter(office.coordinator("刘主任", "yongshan"))
    assert "关掉" not in county.get("/plan").text
    organizer = enter(office.coordinator("周处长", role="organizer"))
    plan = seen(organizer.get("/plan"))
    assert "24:00" in plan
    assert "联络员" in plan
    assert "已登记 推送“每日简报（18:00）”关" in seen(
        organizer.post("/plan/digest/switch", {"to": "off"}, page="/plan")
    )
    assert office.store.push_switches.off(office.campaign.id) == {"digest"}
    assert "已关掉" in seen(organizer.get("/plan"))
    office.go_to("2024-05-08T17:30")
    assert "下一次推送 5月8日20:30 舆情日报" in seen(organizer.get()), "not the digest of 18:00, which is off"
    assert "没有了" in plan
    assert "随事件 队长 有事就发" in plan
    last = organizer.get().text.split('name="last" value="')[1].split('"')[0].replace("&#34;", '"')
    assert "已撤销，推送“每日简报（18:00）”现在是开着的" in seen(organizer.post("/undo", {"last": last}))
    county.send("/plan/digest/switch", {"to": "off"}, county.key("/teams/0001"))
    assert office.store.push_switches.off(office.campaign.id) == set()
