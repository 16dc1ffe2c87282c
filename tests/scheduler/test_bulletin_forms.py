"""An issue of the bulletin in every form: what stands in it, what moved since the last one, what a correction tells."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.bulletins.edition import Edition
from handlers.bulletins.table import render_table
from handlers.bulletins.text import render_bulletin
from handlers.language.pressing import pressing_word
from scheduler import bulletins
from scheduler.sender import Sender
from storage.campaign_settings import Bulletin, Ranking
from storage.figures import Figures
from storage.models.people import Membership
from storage.platform import Confirmed
from storage.reckoning import Reading
from storage.snapshots import Corrected, Digest, Leader
from storage.targets import Target

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))
NEXT = EVENING + timedelta(days=1)


@pytest.fixture
def evening_push(campaign):
    return bulletins.push_named(campaign, "bulletin")


def issue(store, campaign, push, at, now=None, again=False):
    """Plan one occurrence: what persons and what robots are told of it."""
    bulletins.plan(store, campaign, push, at, now or at, again=again)
    said = [d.notification for d in store.outbox.list(campaign.id) if d.notification.due_at >= at]
    newest = [n for n in said if f":{2 if again else 1}:" in n.id]
    return next(n.text for n in newest if n.person), next(n.markdown for n in newest if n.robot)


def grow(town, team, fen, at, donations=100):
    reading = Reading("total", "online", fen, donations)
    town.store.reports.add(town.campaign, town.author(team.captains[0], at), team, Membership(), reading)


def test_two_issues_and_a_correction(store, town, campaign, evening_push):
    """Target, matched money, who moved, what is left, and what a correction says otherwise."""
    town.subscriber("o-1")
    first, second, third = (town.team(f"昭通市第{n}小学", fen, 100) for n, fen in (("一", 90), ("二", 80), ("三", 70)))
    text, _ = issue(store, campaign, evening_push, EVENING)
    assert "▲" not in text
    assert "目标" not in text
    assert "平台已核定" not in text
    assert "活动还有2天\n明天（5月8日）10点开始配捐" in text

    author = town.author("cli", NEXT)
    organizer = town.coordinator("o-9")
    roles = "organizer:"
    store.database.hset(store.keys.roles(campaign.id), organizer.id, roles)
    target = Target(floor_fen=40_000, hope_fen=100_000)
    who = replace(author, person=organizer.id)
    store.targets.set(campaign, who, Membership(roles=roles), "", Target(), target)
    confirmed = Confirmed(team=first.code, amount_fen=90, matched_fen=12_345, as_of=NEXT)
    store.reconciling.take_in(campaign, replace(author, op_id="import"), [confirmed], {})
    grow(town, third, 50_000, NEXT)
    town.team("昭通市第四小学", 85, 100, at=NEXT)
    text, table = issue(store, campaign, evening_push, NEXT)
    assert "目标 保400.00元（完成125%），争1,000.00元（完成50%，相距497.45元）" in text
    assert "配捐 123.45元（平台已核定，截至5月8日21:00，不计入累计）" in text
    assert "▍前4名（▲▼与第1期相比）\n第1名 昭通市第三小学 500.00元 ▲2\n第2名 昭通市第一小学 0.90元 ▼1\n" in text
    assert "第3名 昭通市第四小学 0.85元 新\n第4名 昭通市第二小学 0.80元 ▼2" in text
    assert "| 1 | 昭通市第三小学 | 500.00元 | ▲2 |\n| 2 | 昭通市第一小学 | 0.90元 | ▼1 |" in table
    assert "| 昭阳区 | 502.55元 | 500.15元 |" in table
    assert table.startswith("## 昭通5·8人道公益日战报 第2期\n截至 **5月8日21:00**\n\n| 累计 | 今日新增 | 人次 | 队伍 |")

    grow(town, second, 60_000, NEXT, 120)
    text, table = issue(store, campaign, evening_push, NEXT, NEXT + timedelta(minutes=30), again=True)
    for told in (text, table):
        assert told.startswith("【更正】以此条为准\n")
        assert "▍与原来一期（截至5月8日21:00）相比\n累计：502.55元 → 1,101.75元\n" in told
        assert "人次：400 → 420\n到线队伍：0支 → 0支" not in told
        assert "人次：400 → 420" in told
        assert "▲1" in told, "compared with the issue before"
        assert "▲3" not in told, "never with what is corrected"
    assert store.snapshots.newest(campaign.id).rev == 2


def test_a_place_that_is_not_public_is_not_told_of_the_past(store, town, campaign, evening_push):
    top = campaign.model_copy(update={"ranking": Ranking(mode="top:2")})
    teams = [town.team(f"昭通市第{n}中学", fen, 100) for n, fen in (("一", 90), ("二", 80), ("三", 70), ("四", 60))]
    bulletins.plan(store, top, evening_push, EVENING, EVENING)
    grow(town, teams[3], 1_000, NEXT)
    text = render_bulletin(Edition(top, store.snapshots.of_now(top, NEXT)))
    assert "第1名 昭通市第四中学 10.00元 新\n第2名 昭通市第一中学 0.90元 ▼1" in text


def test_a_robot_posts_what_the_file_says(store, town, campaign, evening_push, channel):
    town.team("昭通市第一中学", 100_000, 100)
    both = campaign.model_copy(update={"bulletin": Bulletin(robots=("table", "text"))})
    assert bulletins.plan(store, both, evening_push, EVENING, EVENING) == 2
    found = {d.notification.id.rpartition("robot-")[2]: d.notification for d in store.outbox.list(campaign.id)}
    assert found["zhibanqun"].markdown.startswith("## ")
    assert found["zhibanqun:text"].markdown == ""
    robots = channel(kind="robot")
    Sender(store, [robots]).drain(EVENING)
    assert len(robots.sent) == 2


def test_counties_as_the_file_lists_them(store, town, campaign):
    town.team("甲", 100, 20, region="yongshan")
    town.team("乙", 50, 20, region="zhaoyang")
    listed = campaign.model_copy(update={"bulletin": Bulletin(regions="listed", leaders=1)})
    text = render_bulletin(Edition(listed, store.snapshots.of_now(listed, EVENING)))
    assert "▍各县（市、区）（排名不分先后）\n昭阳区 0.50元\n永善县 1.00元" in text
    assert "▍前1名\n第1名 甲 1.00元\n\n" in text


def test_who_is_too_small_leaves_its_place_empty(store, town, campaign):
    town.team("大", 300, 20)
    town.team("小", 200, 2)
    town.team("中", 100, 20)
    few = campaign.model_copy(update={"ranking": Ranking(mode="top:3")})
    text = render_bulletin(Edition(few, store.snapshots.of_now(few, EVENING)))
    assert "▍前3名\n第1名 大 3.00元\n第3名 中 1.00元" in text


AMOUNTS = st.integers(0, 10**13)
NAMES = st.text(min_size=1, max_size=60)


@given(names=st.lists(NAMES, max_size=30), fen=AMOUNTS, issue_number=st.integers(1, 999), corrects=st.booleans())
def test_every_form_fits_and_presses_nobody(file, names, fen, issue_number, corrects):
    """Whatever units are called and however large the figures: whole, within the channel's bytes."""
    figures = _FIGURES | {"amount_fen": fen, "today_fen": fen // 2, "floor_fen": fen + 1, "matched_fen": fen // 3}
    leaders = tuple(Leader(rank=n, unit=name, amount_fen=fen) for n, name in enumerate(names, 1))
    digest = _digest(file, figures, leaders)
    old = Corrected(cut_off=EVENING, amount_fen=fen + 7, today_fen=0, donations=1, teams=2, reached=3)
    edition = Edition(file, digest, issue_number, "0f3a9c21", corrects=old if corrects else None)
    text, table = render_bulletin(edition), render_table(edition)
    assert len(text.encode()) <= 2048
    assert len(table.encode()) <= 4096
    for told in (text, table):
        assert "截至" in told
        assert "自愿" in told
        assert told.count("→") in ((5, 4, 3) if corrects else (0,)) or "→" in "".join(names)
    bare = Edition(file, _digest(file, figures, ()), issue_number, corrects=edition.corrects)
    assert pressing_word(render_bulletin(bare)) is None
    assert pressing_word(render_table(bare)) is None
    for row in table.splitlines():
        if row.startswith("| ") and "元 |" in row:
            assert row.count("|") in (4, 5), "a name is no column"


_FIGURES = {
    "ledger": "0-0", "donations": 123_456, "offline_fen": 5, "teams": 113_500, "reported": 9, "reached": 77,
    "top": (), "projects": (), "equals": 200, "places": {}, "hope_fen": 10**14, "matched_as_of": EVENING,
}  # fmt: skip


def _digest(campaign, figures, leaders):
    sums = tuple((region.id, figures["amount_fen"]) for region in campaign.regions)
    return Digest(
        cut_off=EVENING,
        figures=Figures(**figures, regions=sums, regions_today=sums),
        leaders=leaders,
        since=4,
    )
