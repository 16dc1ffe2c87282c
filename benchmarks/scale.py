"""How answers and the bulletin behave from 1 000 teams to 113 500: two drives, each on its own Redis, asked in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import quantiles
from time import sleep

from benchmarks.costs import message
from benchmarks.load import timed
from bot.dispatch import Dispatcher
from handlers import router
from handlers.bulletins.edition import Edition
from handlers.posters.bulletin_poster import bulletin_poster
from scheduler.jobs import JOBS
from storage import Store, boards, heard, rolls
from storage.campaign_schema import Campaign
from storage.campaign_settings import Bulletin, Ranking
from storage.models.teams import Team, TeamStatus, Total
from storage.snapshots import Snapshots

SIZES = (1_000, 10_000, 113_500)
TIMES = 200
POSTERS = 8
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Grown:
    """Seconds at one size, the lower quartile: what else runs on the machine disturbs it least."""

    teams: int
    standings: float
    own_team: float
    bulletin: float
    poster: float

    @property
    def seconds(self) -> tuple[float, float, float, float]:
        return self.standings, self.own_team, self.bulletin, self.poster


def grow(few: Store, many: Store, captain: str) -> Iterator[tuple[Grown, Grown]]:
    """Fill two cities that have one captain each, one to the first size, the other to each of the others, and measure
    both in turn: whatever else runs disturbs both alike. `captain` is her openid in either."""
    drives = [_Drive(few, captain), _Drive(many, captain)]
    drives[0].fill(SIZES[0])
    for size in SIZES[1:]:
        drives[1].fill(size)
        taken = [_in_turn([drive.actions()[place] for drive in drives], times) for place, times in enumerate(_TIMES)]
        few_took, many_took = zip(*taken, strict=True)
        yield Grown(SIZES[0], *few_took), Grown(size, *many_took)


_TIMES = (TIMES, TIMES, TIMES // 8, POSTERS)


class _Drive:
    """A city with its captain, who has reported."""

    def __init__(self, store: Store, captain: str) -> None:
        self._store, self._captain, self._teams = store, captain, 1
        self._campaign = store.campaigns.all()[0]
        self._dispatcher = Dispatcher(store, router, per_minute=1_000_000)
        self._say("进度 20000元 300人次")

    def fill(self, size: int) -> None:
        """Up to so many teams, and until Redis has written its file anew."""
        settle_down(self._store, self._campaign, range(self._teams, size))
        self._teams = size
        while self._store.database.info("persistence")["aof_rewrite_in_progress"]:
            sleep(0.1)

    def actions(self) -> list[Callable[[], object]]:
        """What is measured, in the order of `Grown`."""
        return [
            partial(self._say, "排行"),
            partial(self._say, "我的队伍"),
            partial(_bulletin, self._store, self._campaign),
            partial(_poster, self._store, self._campaign),
        ]

    def _say(self, text: str) -> str:
        return self._dispatcher.dispatch(message(self._captain, text))


def _in_turn(actions: list[Callable[[], object]], times: int) -> list[float]:
    """The lower quartile of each, in seconds."""
    taken = [[timed(action, 1)[0] for action in actions] for _ in range(times)]
    return [quantiles(each, n=4)[0] for each in zip(*taken, strict=True)]


def _bulletin(store: Store, campaign: Campaign) -> str:
    now = datetime.now(UTC)
    draft = Snapshots(store.database, store.keys).draft(campaign, "bulletin", now, now)
    return JOBS["bulletin"].render(campaign, draft)


def _poster(store: Store, campaign: Campaign) -> bytes:
    """Thirty rows, from the figures to the PNG."""
    now = datetime.now(UTC)
    many = campaign.model_copy(update={"ranking": Ranking(), "bulletin": Bulletin(leaders=30)})
    draft = Snapshots(store.database, store.keys).draft(many, "bulletin", now, now)
    return bulletin_poster(Edition.of(many, draft))


def team(campaign: Campaign, number: int) -> Team:
    """One of them."""
    now = datetime.now(UTC)
    status: TeamStatus = "active"
    if number // 12 % 50 == 0:
        status = "unclaimed" if number // 12 % 100 else "disabled"
    total = Total(amount_fen=100_000 + number * 7919 % 5_000_000, donations=number % 900 + 1, report=f"R{number:016x}")
    return Team(
        code=f"{number + 5000}",
        unit=f"昭通市第{number}中学",
        unit_key=f"昭通市第{number}中学",
        project=campaign.projects[number % len(campaign.projects)].id,
        region=campaign.regions[number % len(campaign.regions)].id,
        status=status,
        registered_at=now,
        heard=campaign.local(now).date() - timedelta(days=number // 12 % 3),
        number=number + 1,
        online=total,
        day=campaign.local(now).date(),
    )


def settle_down(store: Store, campaign: Campaign, numbers: range, make: Callable[[Campaign, int], Team] = team) -> None:
    """Teams as if each had registered and reported, written many at a time."""
    for start in range(numbers.start, numbers.stop, AT_ONCE):
        some = range(start, min(start + AT_ONCE, numbers.stop))
        _write(store, campaign, [make(campaign, number) for number in some])


def _write(store: Store, campaign: Campaign, teams: list[Team]) -> None:
    keys, cid, day = store.keys, campaign.id, campaign.local(datetime.now(UTC)).date()
    rankings: dict[tuple[str, str], dict[str, int]] = {}
    with store.database.pipeline(transaction=False) as pipe:
        for team in teams:
            doc = team.model_dump_json(exclude={"number"})
            pipe.hset(keys.team(cid, team.code), mapping={"doc": doc, "version": "1", "number": f"{team.number:06d}"})
            pipe.hset(keys.codes(cid), f"{team.number:06d}", team.code)
            for metric, value in boards.values_of(team, day).items():
                pipe.hincrby(keys.totals(cid), metric, value)
                for units in boards.unit_scopes(campaign, team.region):
                    pipe.zincrby(keys.sums(cid, metric, units), -value, boards.unit_of(team))
                for scope in boards.scopes(campaign, team):
                    rankings.setdefault((metric, scope), {})[f"{team.number:06d}"] = -value
        for (metric, scope), scores in rankings.items():
            pipe.zadd(keys.board(cid, metric, scope), scores)
            dimension, _, name = scope.partition(":")
            if scope != boards.ALL:
                pipe.zincrby(keys.sums(cid, metric, dimension), sum(scores.values()), name)
        for scope, days in heard.scores(campaign, teams).items():
            pipe.zadd(keys.heard(cid, scope), days)
        for name, numbers in rolls.members(campaign, teams).items():
            roll, _, scope = name.partition(":")
            pipe.zadd(keys.roll(cid, roll, scope), dict.fromkeys(numbers, 0))  # type: ignore[arg-type]  # a roll's name
        for team in teams:
            pipe.sadd(keys.unit(cid, team.unit_key), team.code)
            pipe.sadd(keys.region_units(cid, team.region), team.unit_key)
        pipe.hincrby(keys.counts(cid), "teams", len(teams))
        pipe.execute()
