"""`python -m benchmarks.console`: the console's pages at 100 000 teams, on the server; about a minute.

Each page is asked for through the application in one process on its own Redis, by whoever sees all and by whoever
coordinates a county of 10 000 teams; page 1 000 of the list is compared with page 1. What the process has loaded
stays, as in a server that has run for a while: no page waits for a search through it for garbage.
"""

import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from flask import Flask
from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table

from benchmarks.city import City
from benchmarks.lists import fill_the_desk, office
from benchmarks.load import timed
from benchmarks.scale import settle_down
from bot.app import create_app
from bot.server import keep_for_good
from bot.settings import load_settings
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import connect
from storage.embedded import ensure
from storage.sessions import Pass
from storage.store import open_store
from storage.team_lists import Row

TEAMS, ASKED, FAR, PAGE = 100_000, 100, 1_000, 50
MOST_MS, MOST_GROWTH = 30.0, 1.2
ROOMS = (
    "",
    "/teams",
    "/teams?state=silent",
    "/teams?q=第77中学",
    "/teams?q=77中",
    "/teams?q=没有这几个字",
    "/teams/{code}",
    "/todo",
    "/messages",
    "/record",
    "/books",
)


def main() -> None:
    console = Console(width=110, highlight=False)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        server = ensure(Path(place))
        try:
            store = open_store(connect(server.url), "yd", "rehearsal")
            City.found(store, 1)
            campaign = store.campaigns.all()[0]
            settle_down(store, campaign, range(1, TEAMS))
            fill_the_desk(store, campaign)
            settings = load_settings(
                wechat_appid="wx", wechat_token="t", wechat_aes_key="a" * 43, mode="rehearsal", redis_url=server.url
            )
            app = create_app(settings)
            county = campaign.regions[0].id
            persons = {"all": office(store, campaign, 1, ""), "a county": office(store, campaign, 2, county)}
            clients = {who: _inside(app, store, campaign, openid) for who, openid in persons.items()}
            _pages(campaign, clients)
            keep_for_good()
            console.print(_pages(campaign, clients))
            console.print(_far(store, campaign, clients["all"]))
        finally:
            server.stop()


def _inside(app: Flask, store: Store, campaign: Campaign, openid: str) -> FlaskClient:
    person = str(store.database.hget(store.keys.person(openid), "id"))
    client = app.test_client()
    client.post(f"/console/enter/{store.sessions.offer(Pass(person=person, campaign=campaign.id)).token}")
    return client


def _pages(campaign: Campaign, clients: dict[str, FlaskClient]) -> Table:
    table = Table("page", *clients, title=f"{TEAMS:,} teams, p95 of {ASKED} (to reach: ≤ {MOST_MS:.0f} ms)")
    for room in ROOMS:
        figures = []
        for client in clients.values():
            address = f"/console/{campaign.id}{room}".format(code=5_000 + 7 * len(campaign.regions))
            wall, ours = _asked(client, address)
            figures.append(f"{wall:.1f} ms, {ours:.1f} ms of its own")
        table.add_row(room or "/", *figures)
    return table


def _asked(client: FlaskClient, address: str) -> tuple[float, float]:
    """p95 in milliseconds: by the clock, and of this process's own work, which no neighbour disturbs."""
    walls, works = list[float](), list[float]()
    for _ in range(ASKED):
        began = process_time()
        walls += timed(partial(_look, client, address), 1)
        works.append(process_time() - began)
    return quantiles(walls, n=20)[-1] * 1000, quantiles(works, n=20)[-1] * 1000


def _far(store: Store, campaign: Campaign, client: FlaskClient) -> Table:
    """Page 1 and page 1 000, in turn."""
    day = campaign.local(datetime.now(UTC)).date()
    beside: Row | None = None
    lists = store.team_lists
    for _ in range(FAR - 1):
        beside = lists.stretch(campaign.id, "listed", "all", day, PAGE, beside, back=False).rows[-1]
    here = f"/console/{campaign.id}/teams"
    there = f"{here}?beside={beside.score}-{beside.number}" if beside else here
    near, far = list[float](), list[float]()
    for _ in range(ASKED):
        near += timed(partial(_look, client, here), 1)
        far += timed(partial(_look, client, there), 1)
    growth = median(far) / median(near)
    table = Table("the list", "page 1", f"page {FAR:,}", f"to reach: ≤ {MOST_GROWTH} ×", title="Paging (median)")
    table.add_row("队伍", f"{median(near) * 1000:.1f} ms", f"{median(far) * 1000:.1f} ms", f"{growth:.2f} ×")
    return table


def _look(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status}")


if __name__ == "__main__":
    main()
