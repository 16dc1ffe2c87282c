"""A report in the wrong place is taken back there and booked here in one write, or nothing happens."""

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_schema import Campaign
from storage.database import StorageUnavailable
from storage.ledger import Changed
from storage.moves import Moves
from tests.conversations.conftest import Office

WRONG, RIGHT = "永善县第一中学", "永善县第二中学"


@pytest.fixture
def li(office: Office) -> SimulatedPerson:
    """She reported 5,000元 for the wrong one of her two teams and says so."""
    li = office.captain("李敏", WRONG, "永善县", "童享阳光")
    li.say(f"组队 {RIGHT} 永善县 童享阳光 队长李敏 13900000000")
    li.say(f"进度 {office.team(WRONG).code} 5000元 40人次")
    assert "5,000.00元" in li.say(f"报错单位了，是{RIGHT}的")
    return li


def stand(office: Office) -> tuple[int, int]:
    return office.team(WRONG).amount_fen, office.team(RIGHT).amount_fen


def test_it_is_one_entry_of_the_ledger(office: Office, li: SimulatedPerson) -> None:
    before = len(office.ledger())
    assert "已更正" in li.say("确认")
    assert stand(office) == (0, 500_000)
    assert office.ledger()[before:] == ["report.moved"]
    assert "第1名 永善县第二中学 5,000.00元\n您的队伍" in li.say("排行")


def test_it_can_be_taken_back(office: Office, li: SimulatedPerson) -> None:
    li.say("确认")
    assert "已撤回" in li.say(f"撤回 {office.team(RIGHT).code}")
    assert stand(office) == (0, 0)


def test_where_a_team_moved_meanwhile_nothing_does(
    office: Office, li: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(*_: object) -> None:
        raise Changed("team")

    monkeypatch.setattr(Moves, "move", moved)
    assert "没有改动" in li.say("确认")
    assert stand(office) == (500_000, 0)


def test_an_outage_in_between_leaves_no_half(
    office: Office, li: SimulatedPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.troubled = True
    real, failures = Moves.move, [StorageUnavailable("away")]

    def failing_once(self: Moves, *how: object) -> object:
        done = real(self, *how)  # type: ignore[arg-type]
        if failures:
            raise failures.pop()
        return done

    monkeypatch.setattr(Moves, "move", failing_once)
    assert "已更正" in li.say("确认"), "the repetition finds it done"
    assert stand(office) == (0, 500_000)
    assert office.ledger().count("report.moved") == 1


def test_the_other_channel_of_the_same_team(office: Office) -> None:
    wang = office.captain("王强", WRONG)
    wang.say("进度 800元 9人次")
    wang.say("又筹了200")
    wang.say("刚才那笔是线下的")
    assert "已更正" in wang.say("确认")
    team = office.team(WRONG)
    assert (team.online.amount_fen, team.offline.amount_fen) == (80_000, 20_000)
    assert (team.online.donations, team.offline.donations) == (9, 0)


def test_a_lesser_sum_that_belongs_to_the_other_channel_is_added_there(office: Office) -> None:
    wang = office.captain("王强", WRONG)
    wang.say("进度 16000元 601人次")
    wang.say("线下 现金800元")
    assert "16,000.00元 601人次 → 16,800.00元 601人次" in wang.say("把刚才的改成线上")
    wang.say("确认")
    team = office.team(WRONG)
    assert (team.online.amount_fen, team.offline.amount_fen) == (1_680_000, 0)


def test_a_team_that_is_not_let_in_gets_nothing(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    wang, at_once, late = office.person("王强"), "二七区实验小学", "二七区第二小学"
    for day, unit in (("2024-05-19T10:00", at_once), ("2024-05-22T10:00", late)):
        office.go_to(day)
        wang.say("活动 二七99")
        wang.say(f"组队 {unit} 德化街 助学 队长王强 13900000000")
    teams = {team.unit: team for team in office.store.teams.many(erqi.id, office.store.teams.codes(erqi.id))}
    assert teams[late].status == "pending"
    wang.say(f"进度 {teams[at_once].code} 5000元")
    wang.say(f"报错单位了，是{late}的")
    assert "还在等协调员通过" in wang.say("确认")
    assert [team.amount_fen for team in office.store.teams.many(erqi.id, [t.code for t in teams.values()])] == [
        500_000,
        0,
    ]


def test_a_choice_made_twice_writes_once(office: Office, li: SimulatedPerson, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer to the first was lost, and the question is still open."""
    li.say("确认")
    li.say(f"进度 {office.team(RIGHT).code} 9000元")
    office.wait(minutes=30)
    assert "哪" in li.say("更正 8000元")
    dialogue = office.store.database.get(office.store.keys.conversation(li.openid))
    li.say("2")
    office.store.database.set(office.store.keys.conversation(li.openid), dialogue)
    li.say("2")
    assert sum(stand(office)) == 800_000
    assert office.ledger().count("report.corrected") == 1


def test_what_was_moved_is_not_taken_back_on_both_sides(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("累计5000元")
    li.say("线下 3000元")
    li.say("刚才那笔是线上的")
    assert li.say("确认").startswith("已更正")
    moved = office.team("昭通市第一中学").amount_fen
    assert "没有撤回" in li.say("撤回")
    assert office.team("昭通市第一中学").amount_fen == moved == 800_000
