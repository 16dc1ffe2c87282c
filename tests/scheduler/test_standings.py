"""战报 and 排行: what they say, in which order, and what each ranking mode leaves out."""

from datetime import datetime, timedelta, timezone

import pytest

from handlers import bulletin, leaderboard, more, team_lists
from handlers.bulletins.edition import Edition
from handlers.bulletins.text import Section, fit, render_bulletin
from handlers.messages import Context, Message
from handlers.router import Router
from storage.campaign_settings import Ranking
from storage.models.people import Membership, Person
from storage.reckoning import Reading
from storage.snapshots import Snapshots

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))
NAMES = "一二三四五六七八九十"

router = Router()
router.include(bulletin.router, leaderboard.router, more.router, team_lists.router)


@pytest.fixture
def ask(store, campaign):
    """Say something, perhaps as a captain, perhaps in a campaign with another ranking mode; the reply."""

    def say(text, mode="top:10", codes=(), more="", now=EVENING, roles=""):
        asked = campaign.model_copy(update={"ranking": Ranking(mode=mode, min_unit_size=0)})
        context = Context(
            message=Message("k", "o-1", "a", "text", 0, text),
            person=Person(id="p", openid="o-1", more=more),
            campaigns=(asked,),
            chosen=asked,
            memberships={asked.id: Membership(codes=codes, roles=roles)},
            last_team=None,
            conversation=None,
            store=store,
            now=now,
        )
        return router.answer(context)

    return say


@pytest.fixture
def teams(town):
    """Twelve schools, the greater the later, two of them level; one in Yongshan, one for another project."""
    made = [town.team(f"昭阳第{n}小学", n * 100_000, n * 10) for n in range(1, 11)]
    made.append(town.team("永善县第一中学", 1_000_000, 3, region="yongshan"))
    made.append(town.team("绥江县民政局", 50_000, 1, region="suijiang", project="yilao-yixiao"))
    return made


def digest(store, campaign, now=EVENING):
    return Snapshots(store.database, store.keys).digest(campaign, now)


def test_the_bulletin_of_the_moment(ask, teams):
    text = ask("战报").text
    assert text.startswith("【昭通5·8人道公益日战报】截至5月7日21:00\n累计 65,500.00元\n今日新增 65,500.00元")
    assert "554人次，12支队伍" in text
    assert "第1名 昭阳第10小学 10,000.00元\n第1名 永善县第一中学 10,000.00元\n第3名 昭阳第9小学" in text
    assert "昭阳区 55,000.00元\n永善县 10,000.00元\n绥江县 500.00元" in text
    assert "达到2000元自主安排门槛的队伍 10支" in text
    assert "明天（5月8日）10点开始配捐" in text
    assert "自愿" in text
    assert "配捐已确认" not in text


def test_after_the_last_matching_day_nothing_is_announced(ask, teams):
    assert "明天" not in ask("战报", now=EVENING + timedelta(days=2)).text
    assert "明天（5月9日）" in ask("战报", now=EVENING + timedelta(days=1)).text


def test_an_empty_campaign_has_a_bulletin_too(ask):
    text = ask("战报").text
    assert "累计 0.00元" in text
    assert "第1名" not in text


@pytest.mark.parametrize("mode", ["off", "own"])
def test_without_public_ranking_the_counties_stand_in_the_order_of_the_file(ask, town, mode):
    town.team("大", 900_000, 9, region="yongshan")
    town.team("小", 100_000, 9, region="zhaoyang")
    text = ask("战报", mode=mode).text
    assert "第1名" not in text
    assert "排名不分先后）\n昭阳区 1,000.00元\n永善县 9,000.00元" in text


def test_the_bulletin_names_as_many_as_the_mode_allows(ask, teams):
    assert ask("战报", mode="top:3").text.count("名 ") == 3


def test_a_bulletin_that_is_too_long_loses_whole_sections_in_order(store, campaign, teams):
    full = render_bulletin(Edition(campaign, digest(store, campaign)), budget=10_000)
    order = ["▍各县", "▍前", "门槛", "明天"]
    assert all(part in full for part in order)
    lost_so_far = 0
    for budget in range(len(full.encode()), 380, -10):
        text = render_bulletin(Edition(campaign, digest(store, campaign)), budget=budget)
        lost = [part for part in order if part not in text]
        assert len(text.encode()) <= budget
        assert lost == order[: len(lost)]
        assert len(lost) >= lost_so_far
        assert "截至" in text
        assert "自愿" in text
        assert ("排行" in text) == bool(lost)
        lost_so_far = len(lost)
    assert lost_so_far == len(order)


def test_long_names_still_fit(store, town, campaign):
    for n in NAMES:
        town.team(f"{n}昭通市昭阳区太平街道办事处永丰社区居民委员会残疾人联合会志愿服务队", 12_345_678, 10)
    for region in campaign.regions:
        town.team(f"{region.name}队", 99_999_999, 10, region=region.id)
    assert len(render_bulletin(Edition(campaign, digest(store, campaign), 12)).encode()) <= 2048


def test_fit_keeps_what_fits():
    sections = [Section("aaaa"), Section("bbbb", 2), Section("cccc", 1)]
    assert fit(sections, "…", 100) == "aaaa\n\nbbbb\n\ncccc"
    assert fit(sections, "..", 14) == "aaaa\n\nbbbb\n\n.."


# --- level with the last one ------------------------------------------------------------------------------------


def level(town, count, region="zhaoyang", fen=70_000):
    for number in range(count):
        town.team(f"第{number + 1}村", fen, 7, region=region)


def test_who_is_level_with_the_last_of_the_bulletin_is_counted(ask, town):
    town.team("昭通市第一中学", 900_000, 9)
    level(town, 12)
    assert "第2名 第9村 700.00元\n并列还有3支" in ask("战报").text
    assert "第2名 第2村 700.00元\n并列还有10支" in ask("战报", mode="top:3").text


def test_who_has_nothing_is_neither_named_nor_counted(ask, town, campaign):
    level(town, 4)
    for number in range(4, 16):
        team = town.team(f"第{number + 1}村", 10_000, 1)
        nothing = Reading("total", "online", 0, 0)
        town.store.reports.add(campaign, town.author(team.captains[0], EVENING), team, Membership(), nothing)
    assert "第1名 第4村 700.00元\n\n" in ask("战报").text
    assert "并列" not in ask("战报").text


@pytest.mark.parametrize(
    ("typed", "mode", "counted"), [("排行", "top:3", 3), ("排行 前四", "full", 2), ("排行", "full", 0)]
)
def test_who_is_level_with_the_last_of_a_ranking_is_counted(ask, town, typed, mode, counted):
    level(town, 6)
    text = ask(typed, mode=mode).text
    assert (f"700.00元\n并列还有{counted}支\n" in text) == bool(counted)
    assert ("并列" in text) == bool(counted)


def test_regions_that_are_level_are_counted(ask, town):
    for region in ("zhaoyang", "yongshan", "suijiang", "yiliang"):
        town.team(f"{region}队", 70_000, 7, region=region)
    assert "700.00元\n并列还有2个" in ask("县区排行", mode="top:2").text


# --- 排行 -------------------------------------------------------------------------------------------------------


def test_ten_places_shared_ranks_and_more(ask, teams):
    first = ask("排行", mode="full")
    assert first.text.count("\n第") == 10
    assert "第1名 昭阳第10小学 10,000.00元\n第1名 永善县第一中学 10,000.00元\n第3名" in first.text
    assert "发“更多”" in first.text
    second = ask("更多", mode="full", more=first.remember["more"])
    assert "第11名 昭阳第1小学 1,000.00元\n第12名 绥江县民政局 500.00元" in second.text
    assert second.remember == {"more": None}
    assert "没有更多" in ask("更多", mode="full", more="").text


def test_the_mode_limits_the_places(ask, teams):
    reply = ask("排行", mode="top:3")
    assert reply.text.count("\n第") == 3
    assert "只公布前3名" in reply.text
    assert reply.remember == {"more": None}
    assert "没有更多" in ask("更多", mode="top:3", more="standings|amount|all|10").text


@pytest.mark.parametrize("said", ["排行 绥江县", "排行 慈善关爱一小一老", "增长榜 绥江县", "排行 绥江县民政局"])
def test_no_ranking_of_a_place_names_who_is_beyond_the_first_of_all(ask, teams, said):
    """Twelfth of twelve, and the first of her county and of her project."""
    assert "第1名 永善县第一中学" in ask("排行 永善县", mode="top:3").text
    for roles in ("", "coordinator:yongshan"):
        reply = ask(said, mode="top:3", roles=roles)
        assert "500.00" not in reply.text, reply.text
        assert reply.remember.get("more") is None
    assert "\n第" not in ask("更多", mode="top:3", more="standings|amount|region:suijiang|0").text
    if said == "排行 绥江县":
        assert "只公布全部队伍的前3名" in ask(said, mode="top:3").text
        assert "第1名 绥江县民政局 500.00元" in ask(said, mode="top:3", roles="coordinator:suijiang").text


@pytest.mark.parametrize(
    ("said", "first", "absent"),
    [
        ("排行 永善县", "第1名 永善县第一中学 10,000.00元", "昭阳第"),
        ("排行永善", "第1名 永善县第一中学 10,000.00元", "昭阳第"),
        ("排行 慈善关爱一小一老", "第1名 绥江县民政局 500.00元", "昭阳第"),
        ("人次榜", "第1名 昭阳第10小学 100人次", "元"),
        ("增长榜", "第1名 昭阳第10小学 10,000.00元", "人次"),
        ("人次榜 永善县", "第1名 永善县第一中学 3人次", "昭阳第"),
        ("县区排行", "第1名 昭阳区 55,000.00元\n第2名 永善县 10,000.00元", "小学"),
        ("项目排行", "第1名 人道暖昭通 65,000.00元\n第2名 慈善关爱“一老一小” 500.00元", "小学"),
    ],
)
def test_every_word(ask, teams, said, first, absent):
    text = ask(said, mode="full").text
    assert first in text
    assert absent not in text
    assert "截至5月7日21:00" in text


def test_today_is_today(ask, teams):
    assert "还没有上报的数字" in ask("增长榜", now=EVENING + timedelta(days=1)).text


def test_a_captain_also_sees_where_her_teams_stand(ask, teams, town):
    silent = town.team("昭通学院")
    text = ask("排行", codes=(teams[0].code, silent.code)).text
    assert "您的队伍 昭阳第1小学·人道暖昭通：第11名（共12支），1,000.00元" in text
    assert "您的队伍 昭通学院·人道暖昭通：还没有上报数字" in text
    assert "您的队伍" not in ask("排行 永善县", codes=(teams[0].code,)).text
    assert "您的队伍" not in ask("排行").text


def test_own_shows_only_her_own_rank(ask, teams):
    text = ask("排行", mode="own", codes=(teams[0].code,)).text
    assert text == "您的队伍 昭阳第1小学·人道暖昭通：第11名（共12支），1,000.00元"
    for said in ("排行", "县区排行", "项目排行", "人次榜", "增长榜"):
        assert "名 " not in ask(said, mode="own").text
        assert "不公布" in ask(said, mode="own").text


@pytest.mark.parametrize("said", ["排行", "排行 永善县", "县区排行", "项目排行", "人次榜", "增长榜", "更多"])
def test_off_shows_nothing(ask, teams, said):
    text = ask(said, mode="off", codes=(teams[0].code,), more="standings|amount|all|10").text
    assert "不公布排行" in text
    assert "小学" not in text


def test_a_name_that_would_be_markup_is_harmless(ask, town):
    town.team("<a href='x'>", 100, 1)
    assert "<a" not in ask("排行").text
    assert "<a" not in ask("战报").text
