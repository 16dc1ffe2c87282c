"""Nothing that the bot sends unasked presses anybody: every such sentence passes the list of pressing words."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from handlers import texts
from handlers.bulletins.edition import Edition
from handlers.bulletins.table import render_table
from handlers.bulletins.text import render_bulletin
from handlers.language.pressing import pressing_word
from handlers.language.wordlists import rows
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.figures import Figures
from storage.last_acts import Undoable
from storage.models.reports import Report
from storage.models.teams import Team, Total
from storage.snapshots import Corrected, Digest

CAMPAIGNS = sorted(path.parent for path in (Path(__file__).parents[2] / "campaigns").glob("*/campaign.toml"))
OFFICE = "永善县协调员"


@pytest.fixture(scope="module", params=CAMPAIGNS, ids=lambda path: path.name)
def campaign(request: pytest.FixtureRequest) -> Campaign:
    return load(request.param)


def unasked(campaign: Campaign) -> list[str]:
    """Every sentence that goes out without a question, but for what quotes somebody's own words."""
    now, region, project = datetime(2024, 5, 7, tzinfo=campaign.zone), campaign.regions[0], campaign.projects[0]
    team = Team(
        code="0012", unit="第一中学", unit_key="第一中学", project=project.id, region=region.id,
        status="active", registered_at=now,
    )  # fmt: skip
    report = Report(
        id="r", team="0012", channel="online", kind="total", amount_fen=100, donations=1, at=now, day=now.date(), by="p"
    )
    acts = [
        texts.told.renamed(OFFICE, team, "第二中学"),
        texts.told.moved(OFFICE, campaign, team, region, ""),
        texts.told.reassigned(OFFICE, campaign, team, project, ""),
        texts.told.disabled(OFFICE, team, "", campaign),
        texts.told.enabled(OFFICE, team),
        texts.told.booked(OFFICE, team, report, Total(), retracted=False),
        texts.told.booked(OFFICE, team, report, Total(), retracted=True),
        texts.told.succeeded(team),
        *(texts.told.code(OFFICE, team, claim_as) for claim_as in ("captain", "successor", "another")),
        *(
            texts.told.undone(OFFICE, team, Undoable(kind=kind, code="0012", version=1, before={}))
            for kind in texts.undoing.ACTS
        ),
        *(
            texts.coordinators.verdict(team.model_copy(update={"status": status}), "")
            for status in ("active", "rejected")
        ),
    ]
    days = [now + timedelta(days=days) for days in range(3)]
    reminders = [
        texts.reminders.opening_reminder(campaign, date(2024, 5, 7), time(10)),
        *(texts.reminders.deadline_reminder(campaign, day, date(2024, 5, 7)) for day in days),
        texts.announcing.reminder(campaign, OFFICE, [team]),
        texts.announcing.notice(OFFICE, ""),
    ]
    threshold = campaign.policy.threshold
    if threshold:
        reminders += [
            texts.coaching.near(campaign, team, threshold),
            texts.coaching.reached(campaign, team, threshold),
        ]
    return [*acts, *reminders, *of_an_issue(campaign, now), campaign.policy.voluntary, *campaign.slogans]


def of_an_issue(campaign: Campaign, now: datetime) -> list[str]:
    """A bulletin in words, as a correction with everything in it, and what goes with its picture."""
    sums = tuple((region.id, 7_000_00) for region in campaign.regions)
    figures = Figures(
        ledger="0-0", amount_fen=7_000_00, donations=70, offline_fen=1_00, today_fen=3_00, teams=9, reported=3,
        reached=2, top=(), regions=sums, projects=(), equals=3, regions_today=sums, matched_fen=9_00, matched_as_of=now,
        floor_fen=5_000_00, hope_fen=90_000_00,
    )  # fmt: skip
    digest = Digest(cut_off=now, figures=figures, leaders=(), since=1)
    old = Corrected(cut_off=now, amount_fen=1, today_fen=1, donations=1, teams=1, reached=1, tasks={})
    edition = Edition(campaign, digest, 2, "0f3a9c21", corrects=old)
    return [
        render_bulletin(edition, budget=9_999),
        render_table(edition),
        *texts.posters.notes(campaign),
        texts.pictures.of_an_issue(texts.bulletin.issue_name(edition)),
        texts.pictures.is_drawn(campaign, texts.bulletin.issue_name(edition), "thanks"),
    ]


def test_no_sentence_sent_unasked_presses(campaign: Campaign) -> None:
    assert [(said, text) for text in unasked(campaign) if (said := pressing_word(text))] == []


@pytest.mark.parametrize(
    "said",
    [
        "必须捐", "人人都要捐", "每人至少50元", "每 人 5 0 元", "不捐的通报批评", "不捐就扣分", "还没捐的名单",
        "按人头摊派", "没完成任务的单位写检讨", "纳入年终考核", "参与率要达到100%", "一个都不能少", "還沒捐的請抓緊",
        "不捐不行，必须捐", "不要忘了，每人至少10元", "党员干部每人不少于100元", "从工资里扣",
        "请把捐款截图发群里，晒捐款截图",
    ],
)  # fmt: skip
def test_a_pressing_word_is_found(said: str) -> None:
    assert pressing_word(said)


@pytest.mark.parametrize(
    "said",
    [
        "严禁摊派", "不得以任何形式强制捐款", "不搞摊派、不下达任务", "捐不捐、捐多少自己决定", "明早10点开始配捐",
        "请各位队长今晚9点前报一下进度", "每笔不低于1元都有机会获得配捐", "感谢大家的爱心", "参加自愿，不通报、不考核",
    ],
)  # fmt: skip
def test_plain_words_pass(said: str) -> None:
    assert pressing_word(said) is None


def test_every_row_says_what_to_write_instead() -> None:
    assert all(len(row) == 3 and row[1] in ("always", "unless denied") and row[2] for row in rows("language/pressing"))
