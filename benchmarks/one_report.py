"""`python -m benchmarks.one_report`: reports through the WSGI application of this tree, a turn for each line of stdin.

One thread without a server around it: what is measured is the processor's time, here and in Redis. Each turn answers
with a line of JSON for each mode. `benchmarks.reports` runs it, in several trees turn by turn.
"""

import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any, get_args

from werkzeug.test import EnvironBuilder

from benchmarks.city import City
from benchmarks.load import AES_KEY, APPID, TOKEN, Request, is_good
from bot.app import create_app
from bot.settings import Settings
from storage.database import Database, Mode, connect
from storage.embedded import ensure
from storage.store import open_store

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

CAPTAINS, REPORTS = 100, 70


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one mode: microseconds of processor time a report here and in Redis; `answered` as a booking is,
    `booked` in the ledger; commands of a report in Redis, those within steps too, and how often Redis was asked."""

    mode: Mode
    reports: int
    answered: int
    booked: int
    here: float
    redis: float
    commands: float
    round_trips: float


@dataclass(slots=True)
class Trial:
    """A city of its own behind an application of one mode."""

    mode: Mode
    database: Database
    app: "WSGIApplication"
    city: City

    @classmethod
    def of(cls, mode: Mode, url: str, folder: Path) -> "Trial":
        database = connect(url)
        given: dict[str, Any] = {
            "mode": mode,
            "key_prefix": mode,
            "redis_url": url,
            "data_dir": folder,
            "wechat_appid": APPID,
            "wechat_token": TOKEN,
            "wechat_aes_key": AES_KEY,
        }
        app = create_app(Settings(_env_file=None, **given), per_minute=1_000_000)  # type: ignore[call-arg]  # pydantic's
        return cls(mode, database, app, City.found(open_store(database, mode, mode), CAPTAINS))

    def turn(self) -> Turn:
        """Everything that is not a report is prepared before and judged afterwards."""
        requests = self.city.reports(REPORTS)
        environs = [_environ(request) for request in requests]
        mark, before = self.city.mark(), _redis_now(self.database)
        answers, started = list[bytes](), thread_time()
        for environ in environs:
            answers.append(b"".join(self.app(environ, _ignore)))
        here = thread_time() - started
        after = _redis_now(self.database)
        answered = sum(map(_books, requests, answers))
        redis, commands, trips = (
            (then - now - own) / REPORTS for now, then, own in zip(before, after, _OWN, strict=True)
        )
        return Turn(
            self.mode,
            REPORTS,
            answered,
            self.city.booked(mark),
            here / REPORTS * 1e6,
            redis * 1e6,
            commands,
            trips,
        )


def _books(request: Request, body: bytes) -> bool:
    return is_good(request, b"HTTP/1.1 200\r\n\r\n" + body, "已记录")


def _environ(request: Request) -> dict[str, Any]:
    head, _, body = request.wire.partition(b"\r\n\r\n")
    path = head.decode().split(" ", 2)[1]
    return EnvironBuilder(path=path, method="POST", data=body, content_type="text/xml").get_environ()


def _ignore(status: str, headers: Any, exc_info: Any = None) -> Any:
    """Take the status and headers."""


_OWN = (0.0, 3, 1)
"""What looking takes itself: commands, and sendings."""


def _redis_now(database: Database) -> tuple[float, int, int]:
    """Seconds of processor time, commands carried out, and sendings read so far."""
    with database.pipeline(transaction=False) as pipe:
        cpu, commands, stats = pipe.info("cpu").info("commandstats").info("stats").execute()
    return (
        cpu["used_cpu_user"] + cpu["used_cpu_sys"],
        sum(about["calls"] for about in commands.values()),
        stats["total_reads_processed"],
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="report-", dir=sys.argv[1]) as place:
        redis = ensure(Path(place))
        try:
            trials = [Trial.of(mode, redis.url, Path(place)) for mode in get_args(Mode)]
            for _ in sys.stdin:
                for trial in trials:
                    print(json.dumps(asdict(trial.turn())), flush=True)
        finally:
            redis.stop()


if __name__ == "__main__":
    main()
