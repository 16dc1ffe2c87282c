"""The Zhaotong campaign file says what the notice says, completely and in the notice's figures."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from scheduler import plan_findings
from scheduler.jobs import JOBS
from storage.campaign_document import Rule
from storage.campaign_files import load, read_folder
from storage.campaign_schema import Campaign
from storage.campaign_times import MIDNIGHT_AFTER
from storage.occurrences import days_of

FOLDER = Path(__file__).parents[2] / "campaigns"
PRESSING = re.compile(
    "必须捐|人均|至少捐|未捐名单|人人都要捐|务必捐|带头捐|踊跃捐|应捐尽捐|不得少于|一定要捐|赶紧捐|快来捐"
)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load(FOLDER / "zhaotong-2024")


def rule(campaign: Campaign, rule_id: str) -> Rule:
    return next(r for r in campaign.rulebook if r.id == rule_id)


def test_the_folder_loads() -> None:
    assert "zhaotong-2024" in [campaign.id for _, campaign in read_folder(FOLDER)]


def test_organisers(campaign: Campaign) -> None:
    short = ("红十字会", "文明办", "教体局", "民政局", "农业农村局", "卫健委", "林草局", "总工会")
    named = (*short, "团市委", "妇联", "广播电视台")
    assert len(campaign.organisers) == 11
    assert all(word in o.name for word, o in zip(named, campaign.organisers, strict=True))


def test_regions(campaign: Campaign) -> None:
    counties = [r for r in campaign.regions if not r.bucket]
    assert len(counties) == 11
    assert {r.name for r in counties if r.status == "stated"} == {"绥江县", "永善县"}
    assert [r.name for r in campaign.regions if r.bucket] == ["市直"]
    assert "昭阳" in next(r for r in counties if r.name == "昭阳区").aliases
    assert {"市直机关", "市属"} <= set(campaign.region("shizhi").aliases)


def test_no_name_means_two_regions_or_two_projects(campaign: Campaign) -> None:
    for things in (campaign.regions, campaign.projects):
        names = [name for thing in things for name in (thing.name, *thing.aliases)]
        assert len(names) == len(set(names))


def test_projects(campaign: Campaign) -> None:
    assert [p.name for p in campaign.projects if p.parent is None] == [
        "人道暖昭通",
        "博爱昭通行",
        "慈善关爱“一老一小”",
    ]
    directions = {p.name: p.region for p in campaign.projects if p.parent == "boai-xing"}
    assert directions == {
        "博爱乌蒙·绿美昭通": None,
        "打造乡村寄宿孩子的第二个家": "suijiang",
        "童享阳光": "yongshan",
    }
    assert {"一老一小", "一小一老"} <= set(campaign.project("yilao-yixiao").aliases)
    first = campaign.project("rendao-nuan")
    assert (first.grant_min_fen, first.grant_max_fen) == (300_00, 20_000_00)
    assert all(p.contacts for p in campaign.projects)


def test_contacts(campaign: Campaign) -> None:
    assert {c.name: c.phones for c in campaign.contacts} == {
        "杜雄": ("0870-2220223", "13408806590"),
        "申燕燕": ("0870-2833373", "15087775461"),
    }
    assert all(c.public for c in campaign.contacts)


def test_windows(campaign: Campaign) -> None:
    registration, matching, reporting = (
        campaign.windows.registration,
        campaign.windows.matching,
        campaign.windows.reporting,
    )
    assert registration
    assert matching
    assert reporting
    assert registration.end == datetime.fromisoformat("2024-04-30T23:59:59+08:00")
    assert registration.status == "inferred"
    assert registration.note
    assert matching.start
    assert matching.end
    assert (matching.start.date(), matching.end.date(), matching.opens) == (
        date(2024, 5, 7),
        date(2024, 5, 9),
        time(10),
    )
    assert (reporting.start, reporting.end) == (None, None)
    assert (campaign.registration.mode, campaign.registration.late) == ("open", "refuse")


def test_policy(campaign: Campaign) -> None:
    policy = campaign.policy
    assert policy.minimum_gift_fen == 100
    assert policy.match
    assert (policy.match.kind, policy.match.pool_fen) == ("random", 1000 * 10_000 * 100)
    assert policy.attribution
    assert policy.attribution.reviewer == "云南省红十字会"
    assert "自愿" in policy.voluntary
    assert "舆情" in policy.incident_duty


def test_threshold_holds_for_two_projects_and_their_directions(campaign: Campaign) -> None:
    threshold = campaign.policy.threshold
    assert threshold
    assert threshold.basis == "donations"
    assert "未规定" in threshold.caveat
    assert threshold.reached(2000_00)
    assert not threshold.reached(1999_99)
    holds = {p.id for p in campaign.projects if campaign.threshold_for(p.id)}
    assert holds == {"rendao-nuan", "boai-xing", "lvmei", "di-er-ge-jia", "tongxiang"}


def test_push_plan(campaign: Campaign) -> None:
    matching_days = [date(2024, 5, 7) + timedelta(days=n) for n in range(3)]
    pushes = {p.id: p for p in campaign.pushes}
    assert list(plan_findings.findings(campaign)) == []
    assert pushes["bulletin"].at == (time(21),)
    assert list(pushes["bulletin"].days) == [date(2024, 4, 30), *matching_days]
    assert pushes["cut-offs"].at == (time(12), time(17), MIDNIGHT_AFTER)
    assert list(pushes["cut-offs"].days) == matching_days
    assert pushes["opening-reminder"].at == (time(9, 50),)
    assert list(pushes["opening-reminder"].days) == matching_days
    deadline = date(2024, 4, 30)
    assert days_of(campaign, pushes["deadline-reminder"]) == {deadline - timedelta(days=n) for n in (7, 3, 1, 0)}
    assert pushes["incidents"].audience == ("organizers",)
    assert not campaign.silence.remind
    assert {p.job for p in campaign.pushes} == JOBS.keys() - {"first-day", "task-deadline", "silent-reminder", "slogan"}
    assert campaign.ranking.top == 10


def test_rulebook_is_large_and_phrased(campaign: Campaign) -> None:
    assert len(campaign.rulebook) >= 60
    phrasings = [q for r in campaign.rulebook for q in r.questions]
    assert len(phrasings) == len(set(phrasings))
    assert all(len(r.questions) >= 3 for r in campaign.rulebook)
    assert all(r.source for r in campaign.rulebook)


@pytest.mark.parametrize(
    "figure",
    [
        *("10点", "1元", "1000万元", "2000元", "300-20000元/人", "4月30日", "5月7日—9日"),
        *("〔2023〕54号", "〔2024〕16号", "13408806590", "15087775461"),
    ],
)
def test_official_figures_stand_as_printed(campaign: Campaign, figure: str) -> None:
    assert any(figure in r.answer for r in campaign.rulebook if r.status in ("stated", "inferred"))


def test_silence_is_said_and_somebody_named(campaign: Campaign) -> None:
    for r in campaign.rulebook:
        assert ("未规定" in r.answer) == (r.status == "not stated"), r.id
        if r.status == "not stated":
            assert r.contact, r.id
            assert re.search("红十字会|民政局|联系人", r.answer), r.id


@pytest.mark.parametrize(
    "rule_id",
    [
        *("cap-person", "cap-project", "closing-hour", "ratio", "daily-split", "threshold-basis", "invoice"),
        *("tax", "refund", "late-registration", "awards", "fee", "other-platforms", "quota"),
    ],
)
def test_what_the_notice_leaves_open(campaign: Campaign, rule_id: str) -> None:
    assert rule(campaign, rule_id).status == "not stated"


def test_refusals_refuse(campaign: Campaign) -> None:
    refused = [r for r in campaign.rulebook if r.topic == "refuse"]
    assert len(refused) >= 5
    assert all("不能" in r.answer for r in refused)


def test_nothing_presses_anybody(campaign: Campaign) -> None:
    for r in campaign.rulebook:
        assert not PRESSING.search(r.answer), r.id
        assert "确认" not in r.answer, r.id
    assert "自愿" in rule(campaign, "minimum").answer
