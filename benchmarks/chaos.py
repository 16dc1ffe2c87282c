"""`make chaos`: an installation under load while one thing after another goes wrong, and what that cost.

Bounded: SECONDS (1800) of faults, one every few seconds, each undone before the next. Captains report increments of
which no two are equal, and the rehearsal's clock is moved from one planned push to the next. At the end the ledger is
compared with what captains were told, and the pushes with what the rehearsal WeChat received.

A small disk of its own (tmpfs) needs root, clock steps need a C compiler (`shifted_clock.c`); without one of them its
fault is left out, and that is said.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import requests

from bot.simulator.people import SimulatedPerson
from storage.audit import verify
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.database import StorageError, connect
from storage.embedded import ensure
from storage.store import Store, open_store
from tests.faults.installation import ZONE, Installation, running

CAPTAINS, PAUSE_SECONDS = 20, 1.5
STOPPED_SECONDS, FAULTY_SECONDS, BETWEEN_SECONDS = 6.0, 5.0, 6.0
PUSH_SECONDS, EVE_SECONDS, EVE = 40.0, 10.0, timedelta(minutes=30)
BULLETINS = Push.model_validate(
    {
        "id": "bulletin",
        "job": "bulletin",
        "at": ["18:00:00", "21:00:00"],
        "days": ["2024-04-27/2024-05-31"],
        "audience": ["subscribers", "robots"],
        "robots": ["zhibanqun"],
    }
)
"""The plan that is played: each captain and the group have each of its bulletins once."""
"""How often the clock is moved to the next planned push, by way of half an hour before it, in which captains write."""
READY_SECONDS = 120.0
DISK = "size=96m"
CLOCK = Path(__file__).with_name("shifted_clock.c")

Fault = Callable[[], None]


@dataclass
class Told:
    """What captains were answered, by the fen of their increment."""

    said: set[int] = field(default_factory=set)
    booked: set[int] = field(default_factory=set)
    otherwise: Counter[str] = field(default_factory=Counter)

    def note(self, fen: int, reply: str) -> None:
        self.said.add(fen)
        if reply.startswith("已记录"):
            self.booked.add(fen)
        else:
            self.otherwise[reply[:24] or "(no answer)"] += 1


def main(seconds: float) -> int:
    place = Path(tempfile.mkdtemp(prefix="chaos-", dir="/var/tmp"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        disk = stack.enter_context(_disk(place / "disk"))
        steps = place / "clock"
        installation = stack.enter_context(running(place / "disk" / "data", **_steppable(steps)))
        store = open_store(connect(ensure(installation.data_dir).url), "yd", "rehearsal")
        campaign = store.campaigns.get("zhaotong-2024").model_copy(update={"pushes": (BULLETINS,)})
        store.campaigns.publish(campaign, store.clock.now())
        captains = [_captain(installation, number) for number in range(CAPTAINS)]
        told, over, due = Told(), threading.Event(), list[datetime]()
        load = [threading.Thread(target=_report, args=(c, i, told, over)) for i, c in enumerate(captains)]
        pushes = threading.Thread(target=_move_on, args=(store, campaign, due, over))
        for thread in (*load, pushes):
            thread.start()
        done = _misbehave(_faults(installation, store, disk, steps), installation, seconds)
        over.set()
        for thread in (*load, pushes):
            thread.join()
        _alive(installation)
        owed = len(due) * (CAPTAINS + 1)
        _await_settled(store, campaign, owed)
        print("\nfaults: " + ", ".join(f"{name} × {times}" for name, times in sorted(done.items())))
        wrong = _account_reports(store, campaign, told) + _account_pushes(installation, store, campaign, owed)
    return int(wrong > 0)


def _captain(installation: Installation, number: int) -> SimulatedPerson:
    captain = installation.people[f"captain-{number}"]
    unit = f"第{number + 1}小学"
    for said in (f"组队 {unit} 昭阳区 人道暖昭通 队长甲 1390000{number:04d}", "订阅 全部", "进度 1000元 10人次"):
        reply = captain.say(said)
        assert reply.startswith("已"), reply
    return captain


def _report(captain: SimulatedPerson, number: int, told: Told, over: threading.Event) -> None:
    """One captain goes on reporting; each of her increments is an amount that nobody else has."""
    turn = 0
    while not over.wait(PAUSE_SECONDS):
        fen = 10_000 + turn * CAPTAINS + number
        turn += 1
        told.note(fen, captain.say(f"又筹了{fen // 100}.{fen % 100:02d}元"))


def _move_on(store: Store, campaign: Campaign, due: list[datetime], over: threading.Event) -> None:
    """To the next planned push, and the next: the pushes of the plan fall due while things go wrong."""
    moments = sorted(
        {datetime.combine(day, at, ZONE) for push in campaign.pushes for day in push.days for at in push.at}
    )
    for moment in moments:
        for until, seconds in ((moment - EVE, PUSH_SECONDS), (moment, EVE_SECONDS)):
            if over.wait(seconds):
                return
            _until_done(lambda until=until: store.clock.advance_to(until))  # type: ignore[misc]  # a default holds the moment
        due.append(moment)
        print(f"{time.strftime('%H:%M:%S')} the pushes of {moment:%m-%d %H:%M} fall due", flush=True)


def _faults(installation: Installation, store: Store, disk: Path | None, steps: Path) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    for victim in ("web", "web worker", "worker", "redis", "parent"):
        faults[f"kill -9 {victim}"] = lambda victim=victim: installation.kill(victim)
    for victim in ("web", "worker", "redis", "parent"):
        faults[f"SIGSTOP {victim}"] = lambda victim=victim: _stop(installation, victim)
    faults["no memory"] = lambda: _without_memory(store)
    if disk is not None:
        faults["full disk"] = lambda: _fill(disk)
    if steps.exists():
        faults["clock a day ahead"] = lambda: _step(steps, 86_400, installation)
        faults["clock two minutes back"] = lambda: _step(steps, -120, installation)
    return faults


def _misbehave(faults: dict[str, Fault], installation: Installation, seconds: float) -> Counter[str]:
    """Each fault once in a random order, then again, until the time is over; the seed is printed."""
    seed = int(os.environ.get("SEED", time.time_ns() % 100_000))
    print(f"seed {seed}; {', '.join(faults)}", flush=True)
    chance, done = random.Random(seed), Counter[str]()
    give_up = time.monotonic() + seconds
    while True:
        for name in chance.sample(sorted(faults), len(faults)):
            if time.monotonic() > give_up:
                return done
            print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)
            with suppress(psutil.Error, ProcessLookupError, FileNotFoundError, StopIteration, StorageError):
                faults[name]()
                done[name] += 1
            time.sleep(chance.uniform(0.5, 1.0) * BETWEEN_SECONDS)
            _alive(installation)


def _alive(installation: Installation) -> None:
    """Start the parent again, as a service manager does, and wait until it is ready: what is never ready is a fault."""
    give_up = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up:
        if installation.process is None or installation.process.poll() is not None:
            serve = [sys.executable, "-m", "bot", "serve"]
            installation.process = subprocess.Popen(serve, env=installation.environment)
        elif _is_ready(installation.port):
            return
        time.sleep(1)
    raise SystemExit(f"the installation is not ready again after {READY_SECONDS:.0f} s")


def _is_ready(port: int) -> bool:
    with suppress(requests.RequestException):
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200
    return False


def _stop(installation: Installation, victim: str) -> None:
    assert installation.process is not None
    pid = installation.process.pid if victim == "parent" else installation.pid_of(victim)
    stopped = [psutil.Process(pid), *(psutil.Process(pid).children() if victim == "web" else [])]
    for process in stopped:
        process.send_signal(signal.SIGSTOP)
    time.sleep(STOPPED_SECONDS)
    for process in stopped:
        process.send_signal(signal.SIGCONT)


def _without_memory(store: Store) -> None:
    store.database.config_set("maxmemory", 1_000_000)
    time.sleep(FAULTY_SECONDS)
    _until_done(lambda: store.database.config_set("maxmemory", 0))


def _until_done(undo: Callable[[], object]) -> None:
    while True:
        try:
            undo()
            return
        except StorageError:
            time.sleep(0.2)


def _fill(disk: Path) -> None:
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb") as content:
        while True:
            content.write(bytes(1 << 16))
            content.flush()
    time.sleep(FAULTY_SECONDS)
    filler.unlink()


def _step(steps: Path, seconds: int, installation: Installation) -> None:
    """The clock jumps, a worker dies meanwhile, and it jumps back."""
    steps.write_text(str(seconds))
    time.sleep(2)
    with suppress(psutil.Error, ProcessLookupError, FileNotFoundError, StopIteration):
        installation.kill("worker")
    time.sleep(FAULTY_SECONDS)
    steps.write_text("0")


def _steppable(steps: Path) -> dict[str, str]:
    """The environment in which the wall clock is what the file says."""
    library = steps.with_suffix(".so")
    try:
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(CLOCK), "-ldl"], check=True)
    except (OSError, subprocess.CalledProcessError):
        print("no C compiler: clock steps are left out")
        return {}
    steps.write_text("0")
    return {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(steps)}


@contextmanager
def _disk(folder: Path) -> Iterator[Path | None]:
    """A disk that can be filled up without harm to others, where we may mount one."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", DISK, "chaos", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        print("no small disk could be mounted: the full disk is left out")
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def _await_settled(store: Store, campaign: Campaign, owed: int) -> None:
    """Until every push that fell due is in the outbox, and none waits there."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        if sum(store.outbox.counts(campaign.id).values()) >= owed and not store.outbox.waiting(campaign.id):
            return
        time.sleep(0.5)


def _account_reports(store: Store, campaign: Campaign, told: Told) -> int:
    """How many acknowledged reports are lost, or reports counted twice, or views other than the ledger says."""
    booked: Counter[int] = Counter()
    for entry in store.ledger.entries(campaign.id):
        if entry.kind == "report.accepted" and entry.values["said_as"] == "increment":
            booked[int(entry.values["amount_fen"]) - int(entry.values["previous_amount_fen"])] += 1
    lost, doubled = told.booked - booked.keys(), {fen for fen, times in booked.items() if times > 1}
    differences = verify(campaign, store.database, store.keys)
    print(f"reports: {len(told.said)} said, {len(told.booked)} acknowledged, {len(booked)} booked")
    print("answered otherwise: " + (", ".join(f"{t!r} × {n}" for t, n in told.otherwise.most_common(8)) or "none"))
    print(f"lost: {len(lost)}; counted twice: {len(doubled)}; differences to the ledger: {len(differences)}")
    return len(lost) + len(doubled) + len(differences)


def _account_pushes(installation: Installation, store: Store, campaign: Campaign, owed: int) -> int:
    """How many pushes came twice, wait for ever, or were never planned: each captain and the group have each once."""
    received = Counter((e.owner, e.text) for e in installation.platform.entries(0) if e.kind == "push")
    twice = sum(times > 1 for times in received.values())
    counts, waiting = store.outbox.counts(campaign.id), store.outbox.waiting(campaign.id)
    missing = owed - sum(counts.values())
    print(f"pushes: {owed} due, {sum(received.values())} received, {twice} of them twice, {missing} never planned")
    print(f"outbox: {', '.join(f'{status} {n}' for status, n in counts.items()) or 'empty'}; still waiting: {waiting}")
    return twice + waiting + max(missing, 0)


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("SECONDS") or 1800)))
