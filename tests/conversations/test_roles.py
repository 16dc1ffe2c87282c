"""Who may do what for which team: every pair of role and region, also after the role is gone."""

from dataclasses import dataclass

import pytest

from bot.simulator.people import SimulatedPerson
from storage.campaign_document import Region
from storage.campaign_schema import Campaign
from storage.models.people import Grant
from storage.teams import Teams
from tests.conversations.conftest import Office
from tests.conversations.staging import Begin

UNIT = "永善县第一中学"

MAY = ("captain", "county", "city", "county organizer", "city organizer", "captain and other county")
MAY_NOT = ("other captain", "other county", "other organizer", "city offices", "nobody", "revoked", "left")
EVERYBODY = [(who, True) for who in MAY] + [(who, False) for who in MAY_NOT]


@dataclass
class Cast:
    """The team 永善县第一中学 (#0001) with 5,000元, and people of every kind around it."""

    office: Office

    def enter(self) -> None:
        office = self.office
        office.captain("队长", UNIT, "永善县", "童享阳光").say("进度 5000元 50人次")
        office.captain("别的队长", "永善县第二中学", "永善县", "童享阳光")
        office.coordinator("县", "yongshan")
        office.coordinator("外县", "suijiang")
        office.coordinator("市")
        office.coordinator("市直", "shizhi")
        office.coordinator("县组织方", "yongshan", "organizer")
        office.coordinator("外县组织方", "suijiang", "organizer")
        office.coordinator("市组织方", role="organizer")
        office.revoke(office.coordinator("撤销", "yongshan"))
        gone = office.coordinator("注销", "yongshan")
        gone.say("注销")
        gone.say("确认")

    def person(self, who: str) -> SimulatedPerson:
        names = {
            "captain": "队长",
            "county": "县",
            "city": "市",
            "city offices": "市直",
            "county organizer": "县组织方",
            "other organizer": "外县组织方",
            "city organizer": "市组织方",
            "other captain": "别的队长",
            "other county": "外县",
            "nobody": "路人",
            "revoked": "撤销",
            "left": "注销",
        }
        if who == "captain and other county":
            return self.office.coordinator("队长", "suijiang")
        return self.office.person(names[who])


@pytest.fixture
def cast(office: Office, begin: Begin) -> Cast:
    people = Cast(office)
    begin("people of every role", people.enter)
    return people


@pytest.mark.parametrize(("who", "may"), EVERYBODY)
@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("进度 0001 6000元 60人次", "已记录"),
        ("#0001 又筹了500", "已记录"),
        ("今天 0001 6000元", "已记录"),
        ("更正 0001 5100", "已更正"),
        ("撤回 0001", "已撤回"),
    ],
)
def test_writing_for_a_team(cast: Cast, who: str, may: bool, typed: str, done: str) -> None:
    before, written = cast.office.team(UNIT), None
    person = cast.person(who)
    written = len(cast.office.ledger())
    said = person.say(typed)
    if may:
        assert said.startswith(f"{done} {UNIT}（#0001）"), said
        assert len(cast.office.ledger()) == written + 1
    else:
        assert "不能" in said, said
        assert cast.office.team(UNIT) == before
        assert len(cast.office.ledger()) == written


@pytest.mark.parametrize(("region", "may"), [("yongshan", True), ("jinjiang", True), ("suijiang", False)])
def test_a_coordinator_answers_for_what_lies_within_her_region(office: Office, region: str, may: bool) -> None:
    within = Region(id="jinjiang", name="溪洛渡街道", parent="yongshan")
    campaign = office.campaign.model_copy(update={"regions": (*office.campaign.regions, within)})
    office.publish(campaign)
    office.captain("队长", UNIT, "溪洛渡街道", "童享阳光")
    said = office.coordinator("协调员", region).say("进度 0001 6000元 60人次")
    assert said.startswith("已记录") if may else "不能" in said


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("county", True),
        ("city", True),
        ("county organizer", True),
        ("city offices", False),
        ("other county", False),
        ("captain", False),
        ("nobody", False),
        ("revoked", False),
    ],
)
def test_registering_late(cast: Cast, who: str, may: bool) -> None:
    cast.office.go_to("2024-05-08T10:00")
    said = cast.person(who).say("组队 永善县第三中学 永善县 童享阳光 队长孙丽 13933333333")
    if may:
        assert said.startswith("已登记 永善县第三中学")
        assert cast.office.team("永善县第三中学").status == "unclaimed"
    else:
        assert "不能" in said
        assert len(cast.office.teams()) == 2


@pytest.mark.parametrize(
    ("who", "covers"),
    [
        ("county", True),
        ("city", True),
        ("other county", False),
        ("captain", False),
        ("nobody", False),
        ("revoked", False),
    ],
)
def test_registering_in_time_makes_a_captain_of_whoever_has_no_role_there(cast: Cast, who: str, covers: bool) -> None:
    person = cast.person(who)
    assert person.say("组队 永善县第三中学 永善县 童享阳光 队长孙丽 13933333333").startswith("已登记")
    team = cast.office.team("永善县第三中学")
    assert team.status == ("unclaimed" if covers else "active")
    assert team.captains == (() if covers else (cast.office.id_of(person),))


@pytest.mark.parametrize("verdict", ["通过", "驳回"])
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("county", True),
        ("city", True),
        ("other county", False),
        ("captain", False),
        ("nobody", False),
        ("revoked", False),
    ],
)
def test_deciding_on_a_waiting_team(office: Office, erqi: Campaign, verdict: str, who: str, may: bool) -> None:
    office.publish(erqi)
    office.campaign = erqi
    people = {
        "county": office.coordinator("街道", "dexue"),
        "city": office.coordinator("全区"),
        "other county": office.coordinator("外街道", "jiefanglu"),
        "revoked": office.coordinator("撤销", "dexue"),
        "captain": office.person("李小"),
        "nobody": office.person("路人"),
    }
    office.revoke(people["revoked"])
    office.go_to("2024-05-21T09:00")
    for person in people.values():
        person.say("活动 二七99")
    people["captain"].say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    said = people[who].say(f"{verdict} 0001")
    team = office.team("二七区实验小学")
    if may:
        assert said.startswith(f"已登记 二七区实验小学（#0001） {verdict}")
        assert team.status == ("active" if verdict == "通过" else "rejected")
    else:
        assert "不能" in said
        assert team.status == "pending"


@pytest.mark.parametrize(
    ("who", "regions"), [("county", ["永善县"]), ("other county", ["绥江县"]), ("city", ["昭阳区", "市直"])]
)
@pytest.mark.parametrize("typed", ["我的辖区", "辖区", "我 的 辖 区"])
def test_my_regions(cast: Cast, who: str, regions: list[str], typed: str) -> None:
    said = cast.person(who).say(typed)
    for region in regions:
        assert region in said
    assert ("永善县：2队（已报1），5,000.00元，今日5,000.00元" in said) == (who != "other county")
    assert ("合计" in said) == (who == "city")


@pytest.mark.parametrize("typed", ["我的辖区", "待审", "通过 0001", "驳回 0001", "通过0001"])
@pytest.mark.parametrize("who", ["captain", "nobody", "revoked", "left"])
def test_a_coordinators_words_are_refused_to_others(cast: Cast, who: str, typed: str) -> None:
    assert "不能" in cast.person(who).say(typed)


@pytest.mark.parametrize("question", ["进度 0001 400", "更正 0001 400"])
def test_a_role_lost_between_question_and_yes(cast: Cast, question: str) -> None:
    county = cast.person("county")
    assert "算了" in county.say(question)
    cast.office.revoke(county)
    assert "不能" in county.say("确认")
    assert cast.office.team(UNIT).amount_fen == 500_000
    assert "没有等您答复" in county.say("确认")


def test_a_role_given_for_another_county_between_question_and_yes(cast: Cast) -> None:
    county = cast.person("county")
    county.say("进度 0001 400")
    cast.office.revoke(county)
    cast.office.coordinator("县", "suijiang")
    county.say("进度 0001 400")
    assert "没有等您答复" in county.say("确认")
    assert cast.office.team(UNIT).amount_fen == 500_000


def test_a_captaincy_lost_between_question_and_yes(cast: Cast) -> None:
    captain = cast.person("captain")
    captain.say("进度 400")
    captain.say("注销")
    captain.say("确认")
    assert "没有等您答复" in captain.say("确认")
    assert cast.office.team(UNIT).amount_fen == 500_000


def test_a_coordinator_without_a_team_is_asked_for_a_code(cast: Cast) -> None:
    assert "请带上队伍编号" in cast.person("county").say("进度 500元")
    assert cast.person("county").say("进度 0009 500").startswith("没有编号 #0009 的队伍")


INVITED = (
    "绑定 {}",
    "绑定{}",
    "绑定：{}，谢谢",
    " 绑 定 {lower}",
    "绑定邀请码 {}",
    "我要绑定 {}",
    "请帮我绑定{}",
    "绑定一下{}",
    "绑定码 {}",
    "邀请码 {}",
    "邀请码是{}",
    "我的邀请码：{}",
    "我的邀请码是 {lower}",
    "{}绑定",
    "{}",
    "{lower}",
    "{wide}",
    " {}。",
)


@pytest.mark.parametrize("form", INVITED)
def test_accepting_an_invitation(office: Office, form: str) -> None:
    code = office.invitation("yongshan")
    someone = office.person("赵主任")
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    said = someone.say(form.format(code, lower=code.lower(), wide=wide))
    assert said.startswith("已绑定 “昭通5·8人道公益日”协调员（永善县）"), said
    assert "永善县" in someone.say("我的辖区")
    assert "邀请码不对" in office.person("别人").say(f"绑定 {code}")


@pytest.mark.parametrize("typed", ["绑定 ABC", "绑定 7F3K9QWX", "绑定 12345678"])
def test_a_wrong_invitation(office: Office, typed: str) -> None:
    assert "邀请码不对" in office.person("别人").say(typed)


def test_an_invitation_of_letters_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as chance:
        chance.setattr("storage.secret_codes.secrets.choice", lambda _letters: "H")
        code = office.invitation("yongshan")
    assert office.person("赵主任").say(code.lower()).startswith("已绑定")


@pytest.mark.parametrize("typed", ["hahahaha", "HAHAHAHA", "12345678", "2345678w", "23456rmb", "K7Q2AB"])
def test_what_is_no_invitation_is_not_taken_for_one(office: Office, typed: str) -> None:
    assert "邀请码" not in office.captain("李敏", "昭通市第一中学").say(typed)


def test_an_invitation_in_the_middle_of_a_question(office: Office) -> None:
    li = office.captain("李敏", "昭通市第一中学")
    li.say("进度 5000元 50人次")
    assert "相差十倍以上" in li.say("更正 60000")
    said = li.say(office.invitation("yongshan"))
    assert said.startswith("已绑定")
    assert "刚才的更正还没记录" in said
    assert li.say("确认").startswith("已更正")


def test_an_invitation_without_its_code_and_after_a_day(office: Office) -> None:
    assert "例如：绑定" in office.person("别人").say("绑定")
    code = office.invitation()
    office.wait(hours=25)
    assert "邀请码不对" in office.person("别人").say(f"绑定 {code}")


@pytest.mark.parametrize("asked", ["谁还没交啊", "永善县有多少队", "现在有几支队伍了"])
def test_how_many_is_answered_in_numbers(office: Office, asked: str) -> None:
    office.captain("张三", "永善县第一中学", "永善县")
    said = office.coordinator("王协调").say(asked)
    assert "我的辖区" in said
    assert "永善县：1队（已报0）" in said
    assert "第一中学" not in said
    assert "永善县：1队" not in office.person("李敏").say(asked)


@pytest.mark.parametrize("word", ["通过", "驳回"])
def test_a_verdict_needs_a_code(office: Office, word: str) -> None:
    said = office.coordinator("王协调").say(word)
    assert "请带上队伍编号" in said
    assert "“”" not in said


OWN_REGION = (
    "我的辖区情况",
    "我的辖区怎么样了",
    "我辖区的情况",
    "看看我的辖区",
    "请看一下我的辖区，谢谢",
    "我的辖区呢",
    "辖区数据",
    "辖区情况",
    "我的辖区情况怎么样？",
    "我的县",
    "我们县情况怎么样",
    "我负责的县",
    "我县的情况呢",
)


@pytest.mark.parametrize("typed", OWN_REGION)
def test_my_region_in_other_words(cast: Cast, typed: str) -> None:
    county, captain = cast.person("county"), cast.person("captain")
    assert county.say(typed) == county.say("我的辖区")
    said = captain.say(typed)
    assert ("不能" in said) if "辖区" in typed else said.startswith("【队伍排行"), said


@pytest.mark.parametrize("who", ["captain", "nobody"])
def test_what_a_county_raised_is_a_matter_of_the_standings(cast: Cast, who: str) -> None:
    assert cast.person(who).say("我们县多少了").startswith("【队伍排行")


def test_who_coordinates_a_county_is_answered_or_chooses_by_her_region(cast: Cast) -> None:
    """To her it may be the standings as well as her region."""
    county = cast.person("county")
    said = county.say("我们县多少了")
    assert said == county.say("我的辖区") or ("看我的辖区" in said and "看排行" in said), said


@pytest.mark.parametrize("typed", ["昭通辖区有哪些县", "我们辖区有几个县"])
def test_which_counties_there_are_is_a_question(cast: Cast, typed: str) -> None:
    assert "我的辖区" not in cast.person("county").say(typed)


@pytest.mark.parametrize("typed", ["待审的", "有待审的吗", "待审有哪些？", "还有几个待审", "待审核的队", "哪些队待审"])
def test_who_waits_in_other_words(cast: Cast, typed: str) -> None:
    assert cast.person("county").say(typed) == cast.person("county").say("待审")
    assert "不能" in cast.person("captain").say(typed)


@pytest.mark.parametrize("typed", ["待答的问题", "有待答的吗", "待答有哪些？", "还有几个问题没答"])
def test_which_questions_wait_in_other_words(cast: Cast, typed: str) -> None:
    assert cast.person("county").say(typed) == cast.person("county").say("待答")
    assert "不能" in cast.person("captain").say(typed)


@pytest.mark.parametrize(
    ("typed", "status", "because"),
    [
        ("0001通过", "active", ""),
        ("把0001通过", "active", ""),
        ("#0001 同意", "active", ""),
        ("0001可以通过", "active", ""),
        ("通过一下0001", "active", ""),
        ("请通过0001吧", "active", ""),
        ("0001驳回", "rejected", ""),
        ("0001 驳回 名称不规范", "rejected", "，原因：名称不规范"),
        ("请驳回0001，名称不规范", "rejected", "，原因：名称不规范"),
        ("0001不通过", "rejected", ""),
        ("0001通过了吗？", "pending", ""),
        ("我们0001通过了", "pending", ""),
    ],
)
def test_a_verdict_in_other_words(office: Office, erqi: Campaign, typed: str, status: str, because: str) -> None:
    office.publish(erqi)
    office.campaign = erqi
    street, captain = office.coordinator("街道", "dexue"), office.person("李小")
    office.go_to("2024-05-21T09:00")
    for person in (street, captain):
        person.say("活动 二七99")
    captain.say("组队 二七区实验小学 德化街 助学 队长李敏 13900000000")
    captain.say(typed)
    assert office.team("二七区实验小学").status == "pending"
    said = street.say(typed)
    assert office.team("二七区实验小学").status == status
    assert status != "rejected" or f"驳回{because}，已通知队长" in said


# --- a role that goes between two steps -------------------------------------------------------------------------

STEPS = {
    "the unit": ("组队", "永善县第三中学"),
    "the region": ("组队 溪洛渡实验学校", "永善县"),
    "the project": ("组队 永善县第三中学 永善县", "童享阳光"),
    "the captain": ("组队 永善县第三中学 永善县 童享阳光", "孙丽 13933333333"),
}


def answer_the_rest(person: SimulatedPerson, said: str, answers: tuple[str, ...]) -> str:
    """Answer what is asked until nothing is."""
    for answer in answers:
        said = person.say(answer)
    return said


@pytest.mark.parametrize("asked", STEPS)
def test_a_role_revoked_in_the_middle_of_a_registration_does_not_make_the_team_hers(office: Office, asked: str) -> None:
    zhou = office.coordinator("周协调", "yongshan")
    order = list(STEPS)
    answers = tuple(STEPS[step][1] for step in order[order.index(asked) :])
    zhou.say(STEPS[asked][0])
    office.revoke(zhou)
    said = answer_the_rest(zhou, "", answers)
    assert "不能按原来的权限登记" in said
    assert office.teams() == []
    assert "没有进行中的步骤" in zhou.say("算了")


def test_who_says_it_again_leads_it_herself(office: Office) -> None:
    zhou = office.coordinator("周协调", "yongshan")
    zhou.say("组队 永善县第三中学 永善县 童享阳光")
    office.revoke(zhou)
    zhou.say("跳过")
    assert zhou.say("组队 永善县第三中学 永善县 童享阳光 队长周明 13900000008").startswith("已登记")
    assert office.team("永善县第三中学").captains == (office.id_of(zhou),)


def test_a_role_revoked_just_before_the_write(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the step it is looked at again, also for who would lead the team herself."""
    zhou, register = office.coordinator("周协调", "yongshan"), Teams.register

    def late(self: Teams, *args: object) -> object:
        office.revoke(zhou)
        return register(self, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Teams, "register", late)
        said = zhou.say("组队 永善县第三中学 永善县 童享阳光 队长孙丽 13933333333")
        assert "没有登记" in said
        office.coordinator("周协调", "yongshan")
        said = zhou.say("组队 昭通市第一中学 昭阳区 人道暖昭通 队长周明 13900000008")
        assert "没有登记" in said
    assert office.teams() == []


def test_a_role_revoked_while_the_campaign_is_asked_about(office: Office, erqi: Campaign) -> None:
    office.publish(erqi)
    zhou = office.coordinator("周协调", "yongshan")
    code = office.store.people.invite(erqi, Grant(role="coordinator", region="dexue"), office.store.clock.now())
    zhou.say(f"绑定 {code}")
    office.wait(minutes=11)
    assert "回复数字" in zhou.say("组队 实验幼儿园 队长孙丽 13933333333")
    office.revoke(zhou)
    said = zhou.say("1")
    assert "不能按原来的权限" in said
    assert office.teams() == []


def test_a_list_confirmed_without_the_role_enters_nothing(office: Office) -> None:
    zhou = office.coordinator("周协调", "yongshan")
    lines = [
        f"{n}. 永善县第{unit}中学 永善县 童享阳光 {who}" for n, unit, who in ((1, "三", "孙丽"), (2, "四", "王强"))
    ]
    assert "回复“确认”" in zhou.say("\n".join(["#接龙 组队", *lines, "3. 永善县第五中学 永善县 童享阳光 刘洋"]))
    office.revoke(zhou)
    zhou.say("确认")
    assert office.teams() == []
