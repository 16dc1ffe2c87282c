"""Where items are counted, what the bot says is about counts: help, hints and pasted lists."""

import pytest

from storage.models.people import Grant
from tests.conversations.conftest import Office


def counts(office: Office) -> dict[str, int]:
    return office.store.tasks.counts("suining-2023")


def test_help_speaks_of_counts(suining: Office) -> None:
    shown = suining.person("何协调").say("帮助")
    assert "件数" in shown
    for word in ("元", "人次", "今天新增", "线下", "增长榜", "配捐"):
        assert word not in shown
    captain = suining.person("新人")
    captain.say("活动 遂宁")
    shown = captain.say("帮助")
    assert "· 进度 船山区 推出慈善项目 2个" in shown
    assert "· 更正 船山区 推出慈善项目 2个" in shown
    assert "· 海报：可转发的图片" in shown
    for word in ("我队海报", "感谢状", "我队目标", "恢复"):
        assert word not in shown
    assert "件数撤回后不能恢复" in captain.say("恢复")
    assert "元" not in shown


def test_help_speaks_of_money_where_money_is_counted(office: Office) -> None:
    assert "进度 12345.67元 321人次" in office.captain("李敏", "昭通市第一中学").say("帮助")


@pytest.mark.parametrize("said", ["筹了5000块怎么报", "怎么报进度", "怎么更正"])
def test_what_to_say_comes_from_the_campaign(suining: Office, said: str) -> None:
    answer = suining.person("何协调").say(said)
    assert "船山区 推出慈善项目 2个" in answer
    assert "12345" not in answer
    assert "12340" not in answer


def test_no_word_of_money_is_suggested(suining: Office) -> None:
    assert "今天？" not in suining.person("何协调").say("今天推出2个")


def test_a_picture_is_answered_with_a_count(suining: Office) -> None:
    answer = suining.person("何协调").send_image()
    assert "例如：进度 船山区 推出慈善项目 2个" in answer


@pytest.mark.parametrize(
    "typed",
    [
        "1. 推出慈善项目 4个\n2. 宣传工作方案 1份\n3. 研发包装 三到五个\n4. 大英 推出慈善项目 3个",
        "推出慈善项目 4个\n宣传工作方案 1份\n研发包装 三到五个\n大英 推出慈善项目 3个",
        "推出慈善项目4个，宣传工作方案1份；研发包装三到五个；大英推出慈善项目3个",
    ],
)
def test_a_pasted_list_of_counts(suining: Office, typed: str) -> None:
    her = suining.person("何协调")
    shown = her.say(typed)
    assert "报件数接龙共4行：可以写入2行，不能写入2行" in shown
    assert "第1行 船山区·推出慈善项目：0 → 4个" in shown
    assert "有好几个数字，分不清哪个是件数" in shown
    assert "不能代为上报" in shown
    assert counts(suining) == {}
    done = her.say("确认")
    assert done.startswith("已记录 2行")
    assert counts(suining) == {"projects|chuanshan": 4, "publicity-plan|chuanshan": 1}
    assert "没有变化2行" in her.say(typed)


def test_a_header_holds_for_all_lines(suining: Office) -> None:
    campaign = next(c for c in suining.store.campaigns.all() if c.id == "suining-2023")
    code = suining.store.people.invite(campaign, Grant(role="coordinator"), suining.store.clock.now())
    her = suining.person("罗老师")
    her.say(f"绑定 {code}")
    shown = her.say("推出慈善项目进度\n1. 射洪 4个\n2. 大英 3个\n3. 船山 300个\n4. 射洪 5个\n5. 安居 新增1个")
    assert "可以写入2行，不能写入3行" in shown
    assert "和第1行是同一项" in shown
    assert "十倍以上" in shown
    her.say("确认")
    assert counts(suining) == {"projects|shehong": 4, "projects|daying": 3}


def test_lines_without_a_task_are_told_so(suining: Office) -> None:
    shown = suining.person("何协调").say("1. 船山 4个\n2. 大英 3个")
    assert "没有写入任何数字" in shown
    assert shown.count("没有看到是哪一项") == 2


@pytest.mark.parametrize(
    "said", ["今天暂无新增", "零上报", "射洪市 今日没有变化", "宣传工作方案 没有进展", "没得新增哈"]
)
def test_nothing_new_writes_no_count(suining: Office, said: str) -> None:
    her = suining.person("何协调")
    her.say("宣传工作方案 1份")
    assert her.say(said).startswith("好的，没有新增，已记录的件数不变")
    assert counts(suining) == {"publicity-plan|chuanshan": 1}


def test_a_line_with_nothing_new_says_so_in_a_list(suining: Office) -> None:
    shown = suining.person("何协调").say("推出慈善项目 4个\n宣传工作方案 没有新增\n船山 研发包装 1个")
    assert "没有件数，已记录的不变" in shown
    assert "推出慈善项目：0 → 4个" in shown


@pytest.mark.parametrize("said", ["大英县", "《射洪市》", "蓬溪县。", "““宣传工作方案””", "遂宁市安居区"])
def test_a_county_or_a_task_alone_is_told_how_to_count(suining: Office, said: str) -> None:
    assert suining.person("何协调").say(said).startswith("请说哪一项、哪里、共几件")


def test_teams_are_still_registered_by_a_list(suining: Office) -> None:
    her = suining.person("何协调")
    shown = her.say("报名\n1. 船山区民政局 船山区 遂心\n2. 船山区慈善会 船山区 遂心")
    assert "登记接龙共2行" in shown
