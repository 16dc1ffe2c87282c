"""What of the views is kept, under which key, and how it is written there: the tables by which the audit compares."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Set

from storage import boards
from storage.keys import Keys
from storage.matters import Incident, MatterKind
from storage.models.fact import Fact
from storage.views import Views

Values = Mapping[str, str]


def _matters(kind: MatterKind) -> Callable[[Keys, str], str]:
    return lambda keys, campaign: keys.matters(campaign, kind)


def _documents(given: Callable[[Views], Mapping[str, Fact]]) -> Callable[[Views], Values]:
    return lambda views: {name: fact.model_dump_json() for name, fact in given(views).items()}


HASHES: tuple[tuple[str, Callable[[Keys, str], str], Callable[[Views], Values]], ...] = (
    ("captain", Keys.captains, lambda views: views.captains),
    ("role", Keys.roles, lambda views: views.roles),
    ("subscriber", Keys.subscribers, lambda views: views.subscribers),
    ("task", Keys.tasks, lambda views: as_text(views.tasks)),
    ("newest count", Keys.newest_counts, _documents(lambda views: views.newest_counts)),
    ("review", _matters("review"), _documents(lambda views: views.reviews)),
    ("raise", _matters("raise"), _documents(lambda views: views.raises)),
    ("difference", _matters("difference"), _documents(lambda views: views.differences)),
    ("withdrawal", Keys.withdrawn, _documents(lambda views: views.withdrawn)),
    ("roster", Keys.roster, _documents(lambda views: views.roster)),
    ("confirmed", Keys.platform, _documents(lambda views: views.confirmed)),
    ("page", Keys.platform_pages, lambda views: views.pages),
    ("award", Keys.awards, _documents(lambda views: views.awards)),
    ("state", Keys.state, lambda views: {"state": views.state} if views.state else {}),
    ("target", Keys.targets, _documents(lambda views: views.targets)),
    ("name", Keys.names, lambda views: views.names),
    ("count", Keys.counts, lambda views: as_text(views.counts)),
    ("number", Keys.codes, lambda views: {f"{team.number:06d}": team.code for team in views.teams.values()}),
    ("claim", Keys.claims, lambda views: {t.claim_code: t.code for t in views.teams.values() if t.claim_code}),
)
"""Hashes: what a field of it is called in a difference, its key, and what the ledger gives."""
SETS: tuple[tuple[str, Callable[[Keys, str], str], Callable[[Views], Set[str]]], ...] = (
    ("waiting", Keys.waiting, lambda views: {t.code for t in views.teams.values() if t.status == "pending"}),
    ("switched off", Keys.switched_off, lambda views: views.switched_off),
)
"""The same of sets."""
FAMILIES: tuple[tuple[str, Callable[[Views], Mapping[str, Set[str]]]], ...] = (
    ("unit", lambda views: views.units),
    ("units", lambda views: views.region_units),
    ("roster-name", lambda views: views.roster_names),
    ("roster-region", lambda views: views.roster_regions),
)
"""The same of sets of which each has a key of its own, by its name in the family."""


def sums_of(views: Views) -> Mapping[str, dict[str, int]]:
    """`metric:dimension` → region, project or unit → sum of its teams' values."""
    sums = defaultdict[str, dict[str, int]](dict)
    for (metric, scope), board in views.boards.items():
        dimension, _, name = scope.partition(":")
        if scope != boards.ALL:
            sums[f"{metric}:{dimension}"][name] = sum(board.values())
    units = {team.number: boards.unit_of(team) for team in views.teams.values()}
    for (metric, scope), board in views.boards.items():
        if scope != boards.ALL and not scope.startswith("region:"):
            continue
        of_units = sums[f"{metric}:{boards.units_of(scope.partition(':')[2])}"]
        for number, value in board.items():
            of_units[units[number]] = of_units.get(units[number], 0) + value
    return sums


def as_settled(cases: Mapping[str, Incident]) -> Values:
    """Of each case what the ledger determines: all but what was said, and its time."""
    unsaid = {"text": "", "result": "", "was": "", "due": None}
    return {number: case.model_copy(update=unsaid).model_dump_json() for number, case in cases.items()}


def as_text(numbers: Mapping[str, int]) -> Values:
    return {name: str(number) for name, number in numbers.items()}
