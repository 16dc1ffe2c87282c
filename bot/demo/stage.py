"""The stage: a whole installation of its own, afresh each time, around a rehearsed WeChat.

Redis, web and worker are real processes that die with this one; the rehearsed WeChat lives in this one. What
plays here is a rehearsal by every measure: its own folder, its own credentials, its own clock.
"""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from shlex import quote
from threading import Thread
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from bot import menu
from bot.apis import account_client
from bot.cli.session import CommandError, connected
from bot.demo import templates
from bot.demo.story import Story
from bot.lifelines import die_with_parent
from bot.settings import PREFIX, Settings, load_settings
from bot.simulator.page import Scenery
from bot.simulator.people import Rehearsal, SimulatedPerson
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from bot.simulator.server import create_simulator_app, run_simulator
from bot.supervisor import Child, Process, RedisProcess, Supervisor
from bot.wechat.menus import Menus
from bot.wechat.users import Users
from storage import Store
from storage.campaign_schema import Campaign
from storage.clock import RehearsalClock
from storage.embedded import EmbeddedRedis, ensure
from storage.models.pushes import Delivery
from storage.models.teams import Team
from storage.schema import stamp
from storage.snapshots import occurrence_name

APPID = "wx5e8ea25a1dea5e00"
HOST = "127.0.0.1"
READY_SECONDS = 30.0
WEB_PROCESSES = "2"
LOG = "demo.log"
ENVIRONMENT = "environment.sh"
SENT = "sent"
"""The folder of what was sent during the play."""
DELIVERIES = 1000
"""More than any story pushes."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that runs. The file `environment` is what the other commands need to reach it."""

    campaign: Campaign
    store: Store
    people: Rehearsal
    settings: Settings
    environment: Path

    @property
    def url(self) -> str:
        return self.settings.public_url

    @property
    def log(self) -> Path:
        return self.settings.data_dir / LOG

    @property
    def sent(self) -> Path:
        return self.settings.data_dir / SENT

    def publish_menus(self) -> None:
        """Everybody's menu and the coordinators', as `yidui menu publish` does; again when roles have changed."""
        client = account_client(self.settings, self.store)
        menu.publish(self.store, Menus(client), Users(client))

    def advance_to(self, moment: datetime) -> None:
        """Move business time forward, for everybody."""
        _clock(self.store).advance_to(moment)

    def teams(self) -> list[Team]:
        """Every team there is, in order of registration."""
        return self.store.teams.many(self.campaign.id, self.store.teams.codes(self.campaign.id))

    def deliveries(self, job: str, at: datetime) -> list[Delivery]:
        """What became of the pushes of one occurrence."""
        begins = f"{self.campaign.id}:{job}:{occurrence_name(at)}:"
        kept = self.store.outbox.list(self.campaign.id, limit=DELIVERIES)
        return sorted((d for d in kept if d.notification.id.startswith(begins)), key=lambda d: d.notification.id)

    def notices(self, job: str, contains: tuple[str, ...]) -> list[Delivery]:
        """What became of the notices of a job in whose text all this stands."""
        kept = self.store.outbox.list(self.campaign.id, limit=DELIVERIES)
        return [d for d in kept if d.notification.job == job and all(part in d.notification.text for part in contains)]

    def shown(self, delivery: Delivery) -> str:
        """What its recipient sees of a push that arrived, in words."""
        return templates.shown(self.people.platform, self.settings, delivery)

    def recipient(self, delivery: Delivery) -> str:
        """In whose transcript it stands: a robot's name or an openid."""
        return delivery.notification.robot or self.person(delivery.notification.person).openid

    def person(self, person_id: str) -> SimulatedPerson:
        """The rehearsed person behind an id of the store."""
        openid = self.store.people.openids([person_id])[person_id]
        return next(person for person in self.people if person.openid == openid)


@contextmanager
def set_stage(campaign: Campaign, story: Story, begins: datetime, ends: datetime, port: int | None) -> Iterator[Stage]:
    """Build it, wait until it answers, and take it down at the end. The play goes from `begins` to `ends`."""
    base = load_settings()
    folder = (base.data_dir / "demo").resolve()
    with ExitStack() as stack:
        stack.enter_context(_alone(base.data_dir))
        _wipe(folder)
        redis = ensure(folder)
        stack.callback(redis.stop)
        given = _credentials() | {
            "mode": "rehearsal",
            "wechat_account": "verified_service",
            "redis_url": redis.url,
            "data_dir": str(folder),
            "host": HOST,
            "port": str(port or _free_port(base.port)),
        }
        given["public_url"] = f"http://{HOST}:{given['port']}"
        store = stack.enter_context(connected(load_settings(**given)))
        _clock(store).advance_to(begins)
        robots = {robot: secrets.token_hex(16) for push in campaign.pushes for robot in push.robots}
        platform = Platform(
            given["wechat_appid"], given["wechat_secret"], lambda: campaign.local(store.clock.now()), robots
        )
        people = Rehearsal(_message_server(given, platform))
        for key, name in story.cast.items():
            people.introduce(key, name)
        scenery = Scenery(campaign.name, story.tries, story.groups, _stops(campaign, ends))
        app = create_simulator_app(people, scenery, _clock(store).advance_to)
        simulator = stack.enter_context(run_simulator(app))
        given |= {
            "wechat_api_base": simulator.url,
            "wecom_api_base": simulator.url,
            "wecom_robots": ",".join(f"{name}={key}" for name, key in robots.items()),
            **templates.put_in_use(platform),
        }
        settings = load_settings(**given)
        stamp(store.database, settings.key_prefix, settings.mode, settings.wechat_appid)
        store.campaigns.publish(campaign, store.clock.now())
        environment = {PREFIX + name.upper(): value for name, value in given.items()}
        stack.enter_context(_running(settings, redis, environment, simulator.url))
        stage = Stage(campaign, store, people, settings, _written(folder / ENVIRONMENT, environment))
        stage.publish_menus()
        yield stage


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """One demo at a time in a data folder. Raises `CommandError`."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data_dir / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"another demo runs in {data_dir}; stop it, or set another {PREFIX}DATA_DIR") from None
        yield


def _wipe(folder: Path) -> None:
    """Remove what the last demo left; if it was killed, its Redis may still run."""
    if not folder.exists():
        return
    if EmbeddedRedis(folder, folder, 0, adopted=True).alive():
        ensure(folder).stop()
    shutil.rmtree(folder)


def _credentials() -> dict[str, str]:
    letters = string.ascii_letters + string.digits
    return {
        "wechat_appid": APPID,
        "wechat_secret": secrets.token_hex(16),
        "wechat_token": secrets.token_hex(8),
        "wechat_aes_key": "".join(secrets.choice(letters) for _ in range(43)),
        "wechat_mode": "safe",
    }


def _message_server(given: Mapping[str, str], platform: Platform) -> MessageServer:
    return MessageServer(
        f"{given['public_url']}/wechat",
        given["wechat_token"],
        given["wechat_appid"],
        given["wechat_aes_key"],
        "safe",
        platform,
    )


def _stops(campaign: Campaign, after: datetime) -> tuple[datetime, ...]:
    """The moments of the push plan that are still to come: the chat page offers to go there."""
    moments = (
        datetime.combine(day, at, campaign.zone) for push in campaign.pushes for day in push.days for at in push.at
    )
    return tuple(sorted({moment for moment in moments if moment > after}))


def _written(file: Path, environment: Mapping[str, str]) -> Path:
    """The file to `source`, for the owner's eyes alone: there are secrets in it."""
    file.touch(mode=0o600)
    file.write_text("".join(f"export {name}={quote(value)}\n" for name, value in environment.items()))
    return file


@contextmanager
def _running(
    settings: Settings, redis: EmbeddedRedis, environment: Mapping[str, str], simulator: str
) -> Iterator[None]:
    """Redis, worker and web under supervision, as `serve` has them."""
    start = partial(_start, settings.data_dir / LOG, environment)
    children = [
        Child("redis", lambda: RedisProcess(ensure(redis.data_dir))),
        Child("worker", partial(start, "worker")),
        Child("web", partial(start, "web", "--simulator", f"{simulator}/simulator")),
    ]
    supervisor = Supervisor(children, settings.data_dir / "status.json")
    watching = Thread(target=supervisor.run, name="supervisor")
    watching.start()
    try:
        _wait_until_ready(settings)
        yield
    finally:
        supervisor.ask_to_stop()
        watching.join()


def _start(log: Path, environment: Mapping[str, str], *command: str) -> Process:
    """A half of the bot that dies with this process; what it logs goes to a file, not into the story."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *command],
            env=os.environ | environment | {f"{PREFIX}WORKERS": WEB_PROCESSES},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=partial(die_with_parent, os.getpid(), signal.SIGTERM),
        )


def _wait_until_ready(settings: Settings) -> None:
    url, log = settings.public_url, settings.data_dir / LOG
    give_up = monotonic() + READY_SECONDS
    while True:
        try:
            with urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError) as error:
            if monotonic() > give_up:
                raise CommandError(f"the bot does not get ready at {url} ({error}): see {log}") from None
        sleep(0.05)


def _free_port(wished: int) -> int:
    """The wished port if nobody has it, else any."""
    for port in (wished, 0):
        try:
            with socket.create_server((HOST, port)) as free:
                return int(free.getsockname()[1])
        except OSError:
            continue
    raise CommandError("no free port")


def _clock(store: Store) -> RehearsalClock:
    if not isinstance(store.clock, RehearsalClock):
        raise TypeError("a stage has a rehearsal clock")
    return store.clock
