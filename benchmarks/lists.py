"""`python -m benchmarks.lists`: what coordinators look at, at 100 000 teams: 待办, the lists of teams, names alike.

Each is measured in turn with 我的队伍 of a captain, today's look-up, in one process on its own Redis; a minute in all.
"""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from benchmarks.city import City, newcomer, openid_of
from benchmarks.costs import message, round_trips
from benchmarks.load import timed
from benchmarks.scale import settle_down
from bot.dispatch import Dispatcher
from handlers import router
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.embedded import ensure
from storage.ledger import Author
from storage.matters import Incident, Question
from storage.models.people import Card, Grant, Membership
from storage.reckoning import Reading
from storage.store import open_store
from storage.teams import NewTeam

TEAMS, ASKED, OF_A_COUNTY = 100_000, 100, 5_000
REVIEWS, QUESTIONS, CASES, PENDING = 300, 150, 300, 200
WORDS = ("待办", "队伍", "未报", "队伍 待认领", "队伍 未达标", "队伍 停用")
MOST_MS = 20.0
"""By how much an answer may be slower than 我的队伍, at the 95th percentile."""


def main() -> None:
    console = Console(width=130, highlight=False)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        server = ensure(Path(place))
        try:
            store = open_store(connect(server.url), "yd", "live")
            City.found(store, 1)
            campaign = store.campaigns.all()[0]
            county = campaign.regions[0].id
            settle_down(store, campaign, range(1, TEAMS))
            fill_the_desk(store, campaign)
            people = {"": office(store, campaign, 1, ""), "county": office(store, campaign, 2, county)}
            console.print(_measured(store, campaign, people))
            console.print(_alike(store, campaign, county, people["county"]))
        finally:
            server.stop()


def _measured(store: Store, campaign: Campaign, people: dict[str, str]) -> Table:
    """Each in turn with 我的队伍, so that what else runs on the machine disturbs both alike."""
    table = _table(f"{TEAMS:,} teams, p95 of {ASKED}", "asked by", "p95", "beyond 我的队伍", "median", "round trips")
    dispatcher, captain = _dispatcher(store), openid_of(0)
    for word in WORDS:
        for who, openid in people.items():
            own, asked = list[float](), list[float]()
            for _ in range(ASKED):
                own += timed(partial(_say, dispatcher, captain, "我的队伍"), 1)
                asked += timed(partial(_say, dispatcher, openid, word), 1)
            beyond = _percentile(asked) - _percentile(own)
            told = f"{beyond:+.1f} ms{'' if beyond <= MOST_MS else ' !'}"
            trips = str(round_trips(store, openid, word))
            table.add_row(
                word, who or "all", f"{_percentile(asked):.1f} ms", told, f"{median(asked) * 1000:.1f} ms", trips
            )
    return table


def _alike(store: Store, campaign: Campaign, county: str, openid: str) -> Table:
    """A unit whose name is like none, registered by a coordinator where thousands are."""
    known = len(store.teams.units_in(campaign.id, county))
    place = campaign.region(county).name
    project = campaign.projects[0].name
    names = iter([f"龙洞{chr(0x5E00 + number)}村幼儿园" for number in range(ASKED)])
    seconds = timed(lambda: _say(_dispatcher(store), openid, f"组队 {next(names)} {place} {project}"), 20)
    table = _table("A name compared with those of a county", "units there", "p95")
    table.add_row("组队", f"{known:,}", f"{_percentile(seconds):.0f} ms")
    return table


def _percentile(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1] * 1000


def _say(dispatcher: Dispatcher, openid: str, text: str) -> str:
    return dispatcher.dispatch(message(openid, text))


def _dispatcher(store: Store) -> Dispatcher:
    return Dispatcher(store, router, per_minute=1_000_000)


def office(store: Store, campaign: Campaign, number: int, region: str) -> str:
    """Somebody with a role; her openid."""
    openid = openid_of(number)
    person = newcomer(store, openid)
    now = datetime.now(UTC)
    code = store.people.invite(campaign, Grant(role="coordinator" if region else "organizer", region=region), now)
    said = _say(_dispatcher(store), openid, f"绑定 {code}")
    if not said.startswith("已绑定"):
        raise ValueError(f"{person.id}: {said}")
    return openid


def fill_the_desk(store: Store, campaign: Campaign) -> None:
    """Figures, questions, cases and teams that wait."""
    keys, cid, now = store.keys, campaign.id, datetime.now(UTC)
    led = [team for team in store.teams.by_numbers(cid, range(2, 3 * REVIEWS)) if team.status == "active"]
    for team in led[:REVIEWS]:
        author = Author(f"bench/{uuid4()}", "cli", now)
        reading = Reading("total", "online", 9_999_999_900, 900)
        everybody = Membership(roles="organizer:")
        store.database.hset(keys.roles(cid), "cli", everybody.roles)
        store.reviews.wait(campaign, author, team, everybody, reading, "amount", lambda _review: ())
    for number in range(QUESTIONS):
        question = Question(number=f"D{10_000 + number}", at=now, by=f"p{number}", text="礼品放在哪里？")
        store.database.hset(keys.matters(cid, "question"), question.number, question.model_dump_json())
    for number in range(CASES):
        region = campaign.regions[number % len(campaign.regions)].id
        case = Incident(number=f"D{20_000 + number}", at=now, by="p", region=region, told=2, level="ordinary", due=now)
        store.database.hset(keys.matters(cid, "incident"), case.number, case.model_dump_json())
    for number in range(PENDING):
        author = Author(f"bench/{uuid4()}", f"p{number}", now)
        region = campaign.regions[number % len(campaign.regions)].id
        unit = f"新来的第{number}中学"
        new = NewTeam(unit, unit, campaign.projects[0].id, region, f"p{number}", Card(), status="pending")
        store.teams.register(campaign, author, new, Membership())


def _table(title: str, *columns: str) -> Table:
    return Table("", *columns, title=title, title_justify="left")


if __name__ == "__main__":
    main()
