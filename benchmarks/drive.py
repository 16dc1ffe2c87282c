"""A drive of so many teams, each registered by its captain and reported of once: its ledger, and what follows from it.

The ledger is written as the product writes it, and folded by the product; only what the product keeps of a batch of
teams is written many at a time here. `audit verify` has to be content with it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from storage import Store, boards, heard, rolls
from storage.campaign_schema import Campaign
from storage.database import Command
from storage.folding import fold
from storage.ledger import Author, Line, entry_of
from storage.models.people import Card
from storage.models.teams import Team, Total
from storage.reckoning import entry_values, new_report
from storage.views import Views

AT_ONCE = 1000
BEGAN = datetime.now(UTC) + timedelta(minutes=1)
"""After whatever was written before: the ids of the ledger go up."""


def settle_down(store: Store, campaign: Campaign, numbers: range) -> None:
    """Teams as if each had registered and reported; `numbers` goes on from the last registration number."""
    for start in range(numbers.start, numbers.stop, AT_ONCE):
        lines = list(_lines(campaign, range(start, min(start + AT_ONCE, numbers.stop))))
        views = Views()
        for line in lines:
            fold(views, campaign, entry_of(*line))
        _write(store, campaign, lines, views)


def _lines(campaign: Campaign, numbers: range) -> Iterator[Line]:
    for number in numbers:
        yield _registered(campaign, number)
        yield _reported(campaign, number)


def _registered(campaign: Campaign, number: int) -> Line:
    return _line(campaign, number, 0, "team.registered", {
        "unit": f"昭通市第{number}小学",
        "unit_key": f"昭通市第{number}小学",
        "project": campaign.projects[number % len(campaign.projects)].id,
        "region": campaign.regions[number % len(campaign.regions)].id,
        "status": "active",
        "captain": _person(number),
        "claim_code": "",
    })  # fmt: skip


def _reported(campaign: Campaign, number: int) -> Line:
    author = Author(_op(number, 1), _person(number), _at(number))
    day = campaign.local(author.at).date()
    reached = Total(amount_fen=100_000 + number * 7919 % 5_000_000, donations=number % 900 + 20)
    team = Team(code=_code(number), unit="", unit_key="", project="", region="", status="active", registered_at=BEGAN)
    report = new_report(author, team, "total", "online", reached, Total(), day)
    return _line(campaign, number, 1, "report.accepted", entry_values(report, day, {}))


def _line(campaign: Campaign, number: int, step: int, kind: str, values: dict[str, str]) -> Line:
    about = {"kind": kind, "op": _op(number, step), "by": _person(number), "at": _at(number).isoformat()}
    fields = {"number": "" if step else f"{number:06d}", **about, "team": _code(number), **values}
    return f"{int(_at(number).timestamp() * 1000)}-{step + 1}", fields


def _write(store: Store, campaign: Campaign, lines: list[Line], views: Views) -> None:
    keys, cid = store.keys, campaign.id
    written: list[Command] = []
    for entry, fields in lines:
        written.append(("XADD", keys.ledger(cid), entry, *(part for field in fields.items() for part in field)))
    for team in views.teams.values():
        doc, number = team.model_dump_json(exclude={"number"}, exclude_defaults=True), f"{team.number:06d}"
        last = views.written[team.code]
        kept = ("doc", doc, "version", team.version, "ledger", last, "number", number)
        written += [
            ("HSET", keys.team(cid, team.code), *kept),
            ("RPUSH", keys.history(cid, team.code), *views.histories[team.code]),
            ("ZADD", keys.teams(cid), team.number, team.code),
            ("HSET", keys.codes(cid), number, team.code),
            ("HSET", keys.code_owners(), team.code, cid),
        ]
        card, person = Card(name="李敏", phone="13900000000"), team.captains[0]
        openid = f"oDrive{team.number:022d}"
        written += [
            ("HSET", keys.contact_cards(cid), person, card.model_dump_json()),
            ("SET", keys.who(person), openid),
            ("HSET", keys.person(openid), "id", person, "linked", "1", "campaign", cid, "team", f"{cid}/{team.code}"),
        ]
    hashes = {keys.names(cid): views.names, keys.captains(cid): views.captains}
    hashes[keys.reports(cid)] = {i: r.model_dump_json(exclude_defaults=True) for i, r in views.reports.items()}
    written += [("HSET", key, *(part for pair in kept.items() for part in pair)) for key, kept in hashes.items()]
    written += [("HINCRBY", keys.counts(cid), field, step) for field, step in views.counts.items()]
    written += [("SADD", keys.unit(cid, unit), *codes) for unit, codes in views.units.items()]
    written += [("SADD", keys.region_units(cid, region), *units) for region, units in views.region_units.items()]
    written += _ranked(store, campaign, views)
    written.append(("SET", keys.number(cid), max(team.number for team in views.teams.values())))
    written.append(("SET", keys.next_code(), max(int(code) for code in views.teams)))
    for start in range(0, len(written), AT_ONCE):
        store.database.together(written[start : start + AT_ONCE])


def _ranked(store: Store, campaign: Campaign, views: Views) -> Iterator[Command]:
    keys, cid, teams = store.keys, campaign.id, list(views.teams.values())
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for (metric, scope), board in views.boards.items():
        scored = [part for number, value in board.items() for part in (-value, f"{number:06d}")]
        yield "ZADD", keys.board(cid, metric, scope), *scored
        dimension, _, name = scope.partition(":")
        if scope == boards.ALL:
            yield "HINCRBY", keys.totals(cid), metric, sum(board.values())
            by_number = {team.number: team for team in teams}
            for number, value in board.items():
                team = by_number[number]
                for units in boards.unit_scopes(campaign, team.region):
                    sums[metric, units, boards.unit_of(team)] += value
        else:
            sums[metric, dimension, name] += sum(board.values())
    for (metric, dimension, name), value in sums.items():
        yield "ZINCRBY", keys.sums(cid, metric, dimension), -value, name
    for scope, days in heard.scores(campaign, teams).items():
        yield "ZADD", keys.heard(cid, scope), *(part for number, day in days.items() for part in (day, number))
    for name, numbers in rolls.members(campaign, teams).items():
        roll, _, scope = name.partition(":")
        yield "ZADD", keys.roll(cid, roll, scope), *(part for number in numbers for part in (0, number))


def _at(number: int) -> datetime:
    """One registration every five milliseconds: the ids of the ledger are in order."""
    return BEGAN + timedelta(milliseconds=5 * number)


def _code(number: int) -> str:
    return f"{number:04d}"


def _person(number: int) -> str:
    return f"{number:016x}"


def _op(number: int, step: int) -> str:
    return f"{10**17 + number}-{int(_at(number).timestamp())}-oDrive{number:022d}/{('register', 'report')[step]}/0"
