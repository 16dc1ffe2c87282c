"""The push plan as its files write it: every push at its minute, once, to whom it is for; and none presses anybody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from time import monotonic, perf_counter
from zoneinfo import ZoneInfo

import pytest

from handlers.language.pressing import pressing_word
from scheduler import bulletins, plan_findings
from scheduler.channels import Recipient
from scheduler.clock import PushClock
from scheduler.jobs import JOBS
from scheduler.worker import Worker
from storage.campaign_days import ABOUT, drive
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push, Silence
from storage.campaign_times import MIDNIGHT_AFTER
from storage.clock import Clock
from storage.models.people import Grant, Membership
from storage.models.pushes import Notification
from storage.occurrences import day_of, next_after
from storage.roster import Change, Listing, RosterUnit, UnitPeople

CAMPAIGNS = Path(__file__).parents[2] / "campaigns"
CHINA = ZoneInfo("Asia/Shanghai")
HALF_HOUR, MINUTE = timedelta(minutes=30), timedelta(minutes=1)
SPEED = 60
PUBLISHED = datetime(2024, 4, 20, 9, tzinfo=CHINA)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2024) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


@dataclass
class Wall:
    """Takes everything at once, and remembers when what came to whom."""

    name: str = "wall"
    repeat_safe: bool = False
    spends_window: bool = False
    now: datetime = PUBLISHED
    came: list[tuple[datetime, str, str]] = field(default_factory=list)

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        return True

    def part(self, recipient: Recipient) -> str:
        return f"{self.name} {recipient.name}".strip()

    def send(self, recipient: Recipient, push: Notification) -> str:
        self.came.append((self.now, push.push, recipient.robot or recipient.openid))
        return ""


@pytest.fixture
def wall(monkeypatch) -> Wall:
    """A rehearsal is over in seconds, and a robot's minute is a real one."""
    monkeypatch.setattr("scheduler.ladder.ROBOT_PLACES", 10_000)
    return Wall()


def rehearse(store, wall, moments: Sequence[datetime]) -> Counter[tuple[str, str, str]]:
    """Let the time pass from moment to moment: (push, to whom, minute) → how often.

    At least sixty times as fast as it does, in fact more than a thousand times.
    """
    worker, began = Worker(store, [wall]), perf_counter()
    for wall.now in moments:
        while worker.tick(wall.now):
            pass
    assert (moments[-1] - moments[0]).total_seconds() > SPEED * (perf_counter() - began)
    return Counter((push, to, f"{moment:%m-%d %H:%M}") for moment, push, to in wall.came)


def minutes(campaign: Campaign, begin: datetime, end: datetime) -> list[datetime]:
    """Every half-hour, and each minute at which the file plans something or a night ends, with those beside it: what
    comes early or late comes at another of them."""
    planned = {at for push in campaign.pushes for at in push.at} - {MIDNIGHT_AFTER} | {campaign.quiet_hours.end}
    day, found = begin.replace(hour=0, minute=0), set[datetime]()
    while day <= end:
        found |= {day + half * HALF_HOUR for half in range(48)}
        exact = {datetime.combine(day.date(), at, CHINA) for at in planned} | {day}
        found |= {moment + beside * MINUTE for moment in exact for beside in (-1, 0, 1)}
        day += timedelta(days=1)
    return sorted(moment for moment in found if begin <= moment <= end)


def test_the_three_days_of_zhaotong(store, wall, file, town):
    """From the first deadline reminder to the final report: what the file plans, at its minute, once."""
    whole = load(CAMPAIGNS / "zhaotong-2024")
    store.campaigns.publish(whole, at(4, 20, 9))
    town.campaign = whole
    for openid, edition in (("o-evening", "evening"), ("o-noon", "noon"), ("o-all", "all")):
        person = town.person(openid)
        store.people.subscribe(whole, town.author(person.id, at(4, 21, 9)), edition)
    town.coordinator("o-office", "zhaoyang")
    captain = town.person("o-captain")
    town.team("昭通市第一中学", 50_000, 20, captain=captain.id, at=at(4, 22, 9))
    store.campaigns.look_again()

    town.coordinator("o-city", role="organizer")
    came = rehearse(store, wall, minutes(whole, at(4, 23, 0), at(5, 17, 0)))
    assert set(came.values()) == {1}
    to = {openid: {(push, when) for push, who, when in came if who == openid} for _, openid, _ in came}
    deadlines = {("deadline-reminder", f"04-{day} 10:00") for day in (23, 27, 29, 30)}
    openings = {("opening-reminder", f"05-0{day} 09:50") for day in (7, 8, 9)}
    evenings = {("bulletin", "04-30 21:00"), *(("bulletin", f"05-0{day} 21:00") for day in (7, 8, 9))}
    noons = {("cut-offs", f"05-0{day} 12:00") for day in (7, 8, 9)}
    fives = {("cut-offs", f"05-0{day} 17:00") for day in (7, 8, 9)}
    ends = {("thanks", "05-11 10:00"), ("final-report", "05-16 10:00")}
    assert to["o-evening"] == deadlines | openings | evenings | ends
    assert to["o-noon"] == to["o-evening"] | noons
    nights = {("cut-offs", when) for when in ("05-08 08:00", "05-09 08:00", "05-10 08:00")}
    assert to["o-all"] == to["o-noon"] | fives | nights, "24:00 comes after the quiet hours"
    digests = {("digest", f"{day:%m-%d} 18:00") for day in (date(2024, 4, 28) + timedelta(n) for n in range(12))}
    assert to["o-office"] == deadlines | openings | evenings | digests | ends | {("closing", "05-10 09:00")}
    midnights = {("cut-offs", when) for when in ("05-08 00:00", "05-09 00:00", "05-10 00:00")}
    assert to["zhibanqun"] == to["o-evening"] | noons | fives | midnights | {("closing", "05-10 09:00")}
    assert to["o-captain"] == {
        ("last-day", "05-09 08:30"),
        ("closing", "05-10 09:00"),
        ("thanks", "05-11 10:00"),
    }
    assert to["o-city"] == to["o-office"] | {("incidents", f"05-0{day} 20:30") for day in (7, 8, 9)}
    assert {push for push, _, _ in came} == {push.id for push in whole.pushes} - {"threshold-note"}


def test_the_month_of_suining(store, wall, town):
    """No money: slogans of every day, tasks before their deadline, a bulletin on Fridays, digests, nothing else."""
    whole = load(CAMPAIGNS / "suining-2023")
    store.campaigns.publish(whole, at(5, 28, 9, year=2023))
    town.campaign = whole
    town.coordinator("o-chuanshan", "chuanshan", wrote=at(5, 28, 10, year=2023))
    town.coordinator("o-yuanqu", "yuanqu", wrote=at(5, 28, 10, year=2023))
    store.campaigns.look_again()

    came = rehearse(store, wall, minutes(whole, at(5, 29, 0, year=2023), at(7, 5, 0, year=2023)))
    assert set(came.values()) == {1}
    days = [date(2023, 5, 29) + timedelta(n) for n in range(33)]
    slogans = {("slogan", f"{day:%m-%d} 08:30") for day in days}
    fridays = {("bulletin", f"{day:%m-%d} 17:00") for day in days if day.weekday() == 4}
    digests = {("digest", f"{day:%m-%d} 17:30") for day in days if day.weekday() in (0, 3)}
    tasks = {("task-deadline", f"{day} 09:00") for day in ("05-31", "06-23", "06-27", "06-29", "06-30")}
    to = {who: {(push, when) for push, each, when in came if each == who} for _, who, _ in came}
    assert to["zhibanqun"] == slogans | fridays | tasks
    assert to["o-chuanshan"] == fridays | digests | tasks
    assert to["o-yuanqu"] == fridays | digests, "no task with a deadline is asked for there"
    assert {push for push, _, _ in came} == {push.id for push in whole.pushes}
    texts = [delivery.notification.text for delivery in store.outbox.list(whole.id, limit=500)]
    said = {text for text in texts if "每日标语" in text}
    assert len(said) == len(whole.slogans)
    assert any("船山区" in text or "还没有上报" in text for text in texts if "今天截止" in text)


@dataclass
class Fast:
    """Business time that runs sixty times as fast as real time."""

    begins: datetime
    began: float = field(default_factory=monotonic)

    def now(self) -> datetime:
        return self.begins + SPEED * timedelta(seconds=monotonic() - self.began)

    def hold(self) -> Clock:
        return self


def test_the_worker_itself_at_sixty_times_the_speed(store, town, campaign, wall, monkeypatch):
    """Its own loop, looking at the outbox so much oftener: the evening's minute comes, and goes out once within it."""
    monkeypatch.setattr("scheduler.worker.IDLE_SECONDS", 1 / SPEED)
    town.subscriber("o-1")
    evening, stop = at(5, 7, 21), Event()
    worker = Worker(replace(store, clock=Fast(evening - 2 * MINUTE)), [wall])
    running = Thread(target=worker.run, args=(stop,))
    running.start()
    stop.wait(5)
    stop.set()
    running.join()
    told = store.outbox.list(campaign.id)
    assert {d.notification.person != "" for d in told} == {True, False}
    assert len(told) == len(wall.came) == 2
    for delivery in told:
        assert evening <= delivery.settled_at < evening + MINUTE
        assert "截至5月7日21:00" in delivery.notification.text


def moment_of(campaign, job: str) -> datetime:
    """A minute at which a job has something to say."""
    if job in ("closing", "thanks", "final-report"):
        return datetime.combine(ABOUT[job](campaign)[0] + timedelta(days=1), time(9), CHINA)
    if job in ABOUT:
        return datetime.combine(ABOUT[job](campaign)[0], time(9), CHINA)
    return drive(campaign).start.replace(hour=20)


@pytest.mark.parametrize("folder", sorted(path.name for path in CAMPAIGNS.glob("[!_]*")))
def test_no_job_presses_anybody(store, town, folder):
    """Nothing of a whole plan names a gap or presses; what comes before the end says that giving is free."""
    campaign = load(CAMPAIGNS / folder)
    campaign = campaign.model_copy(update={"silence": Silence(remind=True)})
    store.campaigns.publish(campaign, drive(campaign).start - timedelta(days=30))
    town.campaign = campaign
    town.coordinator("o-office", campaign.regions[0].id, wrote=drive(campaign).start)
    town.team("第一中学", region=campaign.regions[0].id, project=campaign.projects[0].id, at=drive(campaign).start)
    said: dict[str, set[str]] = {}
    for job in JOBS:
        if job in ABOUT and not ABOUT[job](campaign):
            continue
        everybody = ("subscribers", "coordinators", "captains", "liaisons", "robots")
        push = Push(id=job, job=job, at=(time(9),), audience=everybody, robots=("r",))
        now = moment_of(campaign, job)
        bulletins.plan(store, campaign, push, now, now)
        foretold = bulletins.preview(store, campaign, push, now, now)
        posted = {foretold.posted[form] for form in foretold.posted if form != "picture"}
        said[job] = {foretold.text, *posted} - {""}
    for delivery in store.outbox.list(campaign.id, limit=500):
        said[delivery.notification.job] |= {delivery.notification.text, delivery.notification.markdown} - {""}
    for job, texts in said.items():
        for text in texts:
            assert pressing_word(text) is None, (job, text)
            assert not any(word in text for word in ("还差", "转发", "关注我们", "快来")), (job, text)
            assert len(text.encode()) <= (4096 if text.startswith("## ") else 2048)
        if job not in ("closing", "slogan", "thanks", "silent-reminder", "deadline-reminder"):
            assert all("自愿" in text for text in texts), job
    assert said["first-day"]
    assert said["digest"]
    assert said["bulletin"]


def test_a_coordinator_hears_how_many_units_have_no_team(store, town, campaign):
    """To her the number of her roster, to a liaison her unit's team, to all others the deadline alone."""
    town.coordinator("o-office", "zhaoyang")
    team = town.team("昭通市第一中学", at=at(4, 22, 9))
    units = {"昭通市第一中学": team.unit_key, "昭通市第二中学": "二中", "昭通市第三中学": "三中"}
    listed = [RosterUnit(unit=name, keys=(key,), region="zhaoyang") for name, key in units.items()]
    changes = [Change(None, Listing(unit, UnitPeople())) for unit in listed]
    store.roster.write(campaign, town.author("cli", at(4, 22, 10)), changes)
    liaison = town.person("o-liaison")
    store.database.hset(store.keys.liaisons(campaign.id), liaison.id, team.code)
    push = bulletins.push_named(campaign, "deadline-reminder")
    bulletins.plan(store, campaign, push, at(4, 27, 10), at(4, 27, 10))
    texts = {d.notification.person or d.notification.robot: d.notification.text for d in store.outbox.list(campaign.id)}
    (office,) = store.people.coordinators(campaign.id)
    assert "还有3天" in texts[office]
    assert "名册上有 2 个单位还没有队伍" in texts[office]
    assert "昭通市第一中学" not in texts[office]
    assert f"昭通市第一中学（#{team.code}）：已登记" in texts[liaison.id]
    assert "名册" not in texts["zhibanqun"]


def test_a_digest_tells_each_office_its_own_work(store, town, campaign):
    """New and silent teams, what waits, cases without words; the other county's are not in it."""
    today = at(5, 7, 20)
    zhaoyang, yongshan = town.coordinator("o-1", "zhaoyang"), town.coordinator("o-2", "yongshan")
    town.team("昭通市第一中学", at=at(5, 6, 9))
    town.team("永善县人民医院", region="yongshan", at=at(5, 7, 9))
    push = Push(id="digest", job="digest", at=(time(20),), audience=("coordinators",))
    bulletins.plan(store, campaign, push, today, today)
    texts = {d.notification.person: d.notification.text for d in store.outbox.list(campaign.id)}
    assert (
        "【昭阳区·每日简报】截至5月7日20:00\n队伍 1支，今天新登记 0支\n今天没有消息的 1支（“未报”）"
        in texts[zhaoyang.id]
    )
    assert "队伍 1支，今天新登记 1支\n等您处理：没有\n0舆情" in texts[yongshan.id]


def test_a_silent_team_is_reminded_once_a_day_whoever_does_it(store, town, campaign):
    """The automatic reminder and 催报 share one a team and day; it is off unless the file says so."""
    push = Push(id="silent", job="silent-reminder", at=(time(17),), audience=("captains",))
    for unit in ("昭通市第一中学", "昭通市第二中学", "昭通市第三中学"):
        town.team(unit, at=at(5, 6, 9))
    town.team("昭通市第四中学", 1_000, 2, at=at(5, 7, 9))
    now = at(5, 7, 17)
    assert bulletins.plan(store, campaign, push, now, now) == 0, "the file does not say so"
    wanted = campaign.model_copy(update={"silence": Silence(remind=True), "pushes": (push,)})
    by_hand = next(
        t for t in store.teams.many(campaign.id, store.teams.codes(campaign.id)) if t.unit.endswith("一中学")
    )
    store.announcements.remind_by(campaign.id, now.date(), "1", [by_hand.code])
    later = now + timedelta(minutes=1)
    assert bulletins.plan(store, wanted, push, later, later) == 2
    assert bulletins.plan(store, wanted, push, later, later) == 0
    told = {d.notification.person for d in store.outbox.list(campaign.id)}
    assert told == {"captain-of-昭通市第二中学", "captain-of-昭通市第三中学"}
    marked = store.announcements.reminded(campaign.id, now.date(), store.teams.codes(campaign.id))
    assert len(marked) == 3, "by hand nobody is reminded of them again"
    assert not list(plan_findings.findings(wanted))


def test_a_lower_push_leaves_room_for_what_goes_before_it(store, town, campaign):
    """Two a day: one slogan in the morning does not cost the opening at ten and the deadline at eleven."""
    captains = ("captains",)
    slogan = Push(id="s", job="slogan", at=(time(8), time(9)), audience=captains)
    opening = Push(id="o", job="opening-reminder", at=(time(10),), audience=captains)
    last = Push(id="l", job="first-day", at=(time(11),), audience=captains)
    town.team("昭通市第一中学")
    full = campaign.model_copy(update={"pushes": (slogan, opening, last), "slogans": ("人人向善",)})
    for push, hour in ((slogan, 8), (slogan, 9), (opening, 10), (last, 11), (slogan, 12)):
        bulletins.plan(store, full, push, at(5, 7, hour), at(5, 7, hour))
    told = [d.notification.push for d in store.outbox.list(campaign.id)]
    assert sorted(told) == ["l", "o"]


def test_a_push_that_is_off_is_neither_planned_nor_sent_nor_made_up_for(store, town, campaign, wall):
    organizer = town.coordinator("o-1")
    roles = "organizer:"
    store.database.hset(store.keys.roles(campaign.id), organizer.id, roles)
    push, evening = bulletins.push_named(campaign, "bulletin"), at(5, 7, 21)
    hers = Membership(roles=roles)
    assert hers.grants == (Grant(role="organizer"),)

    def switch(on: bool) -> None:
        store.push_switches.switch(campaign, town.author(organizer.id, evening), hers, push, on)

    bulletins.plan(store, campaign, push, evening, evening)
    switch(False)
    worker = Worker(store, [wall])
    worker.tick(evening)
    bulletin = [d for d in store.outbox.list(campaign.id) if d.notification.push == push.id]
    assert {(d.status, d.reason) for d in bulletin} == {("skipped", "组织方已关掉这项推送")}
    worker.tick(evening + timedelta(days=1))
    switch(True)
    worker.tick(evening + timedelta(days=1, minutes=1))
    assert "bulletin" not in {push for _, push, _ in wall.came}, "the second evening was left out for good"
    wall.now = evening + timedelta(days=2)
    worker.tick(wall.now)
    assert [to for moment, push, to in wall.came if push == "bulletin"] == ["o-1", "zhibanqun"]


def test_a_campaign_published_anew_between_fire_and_send(store, town, campaign, wall):
    """What was planned by the old plan goes out once, in its own words; the new plan begins where it was published."""
    town.subscriber("o-1")
    evening = at(5, 7, 21)
    clock = PushClock(store, lambda: None)
    assert clock.tick(evening) == 2
    later = bulletins.push_named(campaign, "bulletin").model_copy(update={"id": "evenings", "at": (time(21, 30),)})
    store.campaigns.publish(campaign.model_copy(update={"pushes": (later,)}), evening + timedelta(minutes=1))
    came = rehearse(store, wall, [evening + n * MINUTE for n in range(2, 41, 4)])
    assert sorted(came) == [
        ("bulletin", "o-1", "05-07 21:02"),
        ("bulletin", "zhibanqun", "05-07 21:02"),
        ("evenings", "o-1", "05-07 21:30"),
        ("evenings", "zhibanqun", "05-07 21:30"),
    ]
    issues = {d.notification.push: d.notification.text.partition("】")[0] for d in store.outbox.list(campaign.id)}
    assert issues == {"bulletin": "【昭通5·8人道公益日战报 第1期", "evenings": "【昭通5·8人道公益日战报 第2期"}


def test_the_end_of_a_day_is_a_minute_of_that_day(campaign):
    push = Push(id="b", job="bulletin", at=("24:00",), days=("2024-05-07/2024-05-09",), audience=("robots",))
    assert push.at == (MIDNIGHT_AFTER,)
    assert Push.model_validate_json(push.model_dump_json()) == push
    moments = [at(5, 1, 0)]
    while (following := next_after(campaign, push, moments[-1])) is not None:
        moments.append(following)
    assert moments[1:] == [at(5, 8, 0), at(5, 9, 0), at(5, 10, 0)]
    assert [day_of(campaign, moment).day for moment in moments[1:]] == [7, 8, 9]
    weekly = push.model_copy(update={"days": (), "weekdays": ("sun",), "at": (time(9), MIDNIGHT_AFTER)})
    found = [at(5, 7, 12)]
    for _ in range(4):
        found.append(next_after(campaign, weekly, found[-1]))
    assert found[1:] == [at(5, 12, 9), at(5, 13, 0), at(5, 19, 9), at(5, 20, 0)]
    assert all(one < other for one, other in pairwise(found))
