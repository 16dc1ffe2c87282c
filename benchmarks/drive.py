"""A drive of so many teams, each registered by its captain and reported of once: its ledger, and what follows from it.

For each county and project one team's entries are folded by the product, and all that is kept of it is written down as
the bytes that Redis is sent. The other teams there are the same bytes with another number in its place: the number is
the team's code, part of every name and id, and what it raised in fen, always seven digits long. `audit verify` has to
be content with the whole.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

from hiredis import pack_command
from redis.connection import UnixDomainSocketConnection

from storage import Store, boards, heard, rolls
from storage.campaign_schema import Campaign
from storage.database import Command
from storage.folding import fold
from storage.ledger import Author, Line, entry_of
from storage.models.people import Card
from storage.models.teams import Team, Total
from storage.reckoning import entry_values, new_report
from storage.views import Views

FIRST = 1_000_000
"""The number of the first team, which every other's takes the place of."""
AT_ONCE = 500
BEGAN = datetime.now(UTC) + timedelta(minutes=1)
"""After whatever was written before: the ids of the ledger go up."""


def settle_down(store: Store, campaign: Campaign, numbers: range) -> None:
    """Teams as if each had registered and reported; `numbers` (from 0) goes on from those before."""
    places = list(product(campaign.regions, campaign.projects))
    kinds = [b"".join(map(pack_command, _team(store, campaign, region.id, project.id))) for region, project in places]
    began = b"%d-" % (_MILLISECONDS + numbers.start)
    connection = UnixDomainSocketConnection(path=store.database.connection_pool.connection_kwargs["path"])
    connection.connect()
    connection.send_packed_command((pack_command(("CLIENT", "REPLY", "OFF")),))
    for start in range(numbers.start, numbers.stop, AT_ONCE):
        some = range(start, min(start + AT_ONCE, numbers.stop))
        teams = (
            kinds[number % len(kinds)].replace(b"%d" % FIRST, b"%d" % (FIRST + number)).replace(_BEFORE, began)
            for number in some
        )
        connection.send_packed_command((b"".join(teams),))
    connection.send_packed_command((pack_command(("CLIENT", "REPLY", "ON")),))
    connection.disconnect()
    last = FIRST + numbers.stop - 1
    store.database.together([("SET", store.keys.number(campaign.id), last), ("SET", store.keys.next_code(), last)])


def _team(store: Store, campaign: Campaign, region: str, project: str) -> Iterator[Command]:
    """All that is kept of the first team of a county and project."""
    lines = [_registered(region, project), _reported(campaign)]
    views = Views()
    for line in lines:
        fold(views, campaign, entry_of(*line))
    keys, cid, (team,) = store.keys, campaign.id, views.teams.values()
    for entry, fields in lines:
        yield "XADD", keys.ledger(cid), entry, *(part for field in fields.items() for part in field)
    (person,), openid, number = team.captains, f"oDrive{team.number:022d}", f"{team.number:06d}"
    doc = team.model_dump_json(exclude={"number"}, exclude_defaults=True)
    kept = ("doc", doc, "version", team.version, "ledger", views.written[team.code], "number", number)
    yield "HSET", keys.team(cid, team.code), *kept
    yield "RPUSH", keys.history(cid, team.code), *views.histories[team.code]
    yield "ZADD", keys.teams(cid), team.number, team.code
    yield "HSET", keys.codes(cid), number, team.code
    yield "HSET", keys.code_owners(), team.code, cid
    yield "HSET", keys.contact_cards(cid), person, Card(name="李敏", phone="13900000000").model_dump_json()
    yield "SET", keys.who(person), openid
    about = ("id", person, "linked", "1", "campaign", cid, "team", f"{cid}/{team.code}")
    yield "HSET", keys.person(openid), *about
    for report_id, report in views.reports.items():
        yield "HSET", keys.reports(cid), report_id, report.model_dump_json(exclude_defaults=True)
    for key, hash_ in ((keys.names(cid), views.names), (keys.captains(cid), views.captains)):
        for field, value in hash_.items():
            yield "HSET", key, field, value
    for field, step in views.counts.items():
        yield "HINCRBY", keys.counts(cid), field, step
    yield "SADD", keys.unit(cid, team.unit_key), team.code
    yield "SADD", keys.region_units(cid, region), team.unit_key
    yield from _ranked(store, campaign, team, views)


def _ranked(store: Store, campaign: Campaign, team: Team, views: Views) -> Iterator[Command]:
    keys, cid, number = store.keys, campaign.id, f"{team.number:06d}"
    for (metric, scope), board in views.boards.items():
        value = board[team.number]
        yield "ZADD", keys.board(cid, metric, scope), -value, number
        dimension, _, name = scope.partition(":")
        if scope != boards.ALL:
            yield "ZINCRBY", keys.sums(cid, metric, dimension), -value, name
            continue
        yield "HINCRBY", keys.totals(cid), metric, value
        for units in boards.unit_scopes(campaign, team.region):
            yield "ZINCRBY", keys.sums(cid, metric, units), -value, boards.unit_of(team)
    for scope, days in heard.scores(campaign, [team]).items():
        yield "ZADD", keys.heard(cid, scope), days[number], number
    for name in rolls.members(campaign, [team]):
        roll, _, scope = name.partition(":")
        yield "ZADD", keys.roll(cid, roll, scope), 0, number  # type: ignore[arg-type]  # a roll's name


def _registered(region: str, project: str) -> Line:
    return _line(0, "team.registered", {
        "unit": f"昭通市第{FIRST}小学",
        "unit_key": f"昭通市第{FIRST}小学",
        "project": project,
        "region": region,
        "status": "active",
        "captain": _PERSON,
        "claim_code": "",
    })  # fmt: skip


def _reported(campaign: Campaign) -> Line:
    author, day = Author(_op(1), _PERSON, BEGAN), campaign.local(BEGAN).date()
    team = Team(code=str(FIRST), unit="", unit_key="", project="", region="", status="active", registered_at=BEGAN)
    reached = Total(amount_fen=FIRST, donations=120)
    report = new_report(author, team, "total", "online", reached, Total(), day)
    return _line(1, "report.accepted", entry_values(report.model_copy(update={"id": f"R{FIRST:016d}"}), day, {}))


def _line(step: int, kind: str, values: dict[str, str]) -> Line:
    about = {"kind": kind, "op": _op(step), "by": _PERSON, "at": BEGAN.isoformat(), "team": str(FIRST)}
    return f"{_MILLISECONDS}-{FIRST}{step}", {"number": "" if step else str(FIRST), **about, **values}


def _op(step: int) -> str:
    verbs: Sequence[str] = ("register", "report")
    return f"{FIRST}{FIRST}-{int(BEGAN.timestamp())}-oDrive{FIRST:022d}/{verbs[step]}/0"


_MILLISECONDS = int(BEGAN.timestamp() * 1000)
_BEFORE = b"%d-" % _MILLISECONDS
"""How the ids of the first team's entries begin."""
_PERSON = f"{FIRST:016d}"
