"""`make chaos`: an installation under load while one thing after another goes wrong, and what that cost.

Bounded: SECONDS (1800) of faults, one every few seconds, each undone before the next. `captains.py` tells who reports
meanwhile, and what is counted at the end.

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
from datetime import datetime
from pathlib import Path

import psutil
import requests

from benchmarks.captains import (
    BULLETINS,
    CAPTAINS,
    Told,
    account_pushes,
    account_reports,
    await_settled,
    captain,
    move_on,
    report,
    until_done,
)
from storage.database import StorageError, connect
from storage.embedded import ensure
from storage.store import Store, open_store
from tests.faults.installation import Installation, running

STOPPED_SECONDS, FAULTY_SECONDS, BETWEEN_SECONDS = 6.0, 5.0, 6.0
READY_SECONDS = 120.0
DISK = "size=96m"
CLOCK = Path(__file__).with_name("shifted_clock.c")

Fault = Callable[[], None]


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
        captains = [captain(installation.people, number) for number in range(CAPTAINS)]
        told, over, due = Told(), threading.Event(), list[datetime]()
        load = [threading.Thread(target=report, args=(c, i, told, over)) for i, c in enumerate(captains)]
        pushes = threading.Thread(target=move_on, args=(store, campaign, due, over))
        for thread in (*load, pushes):
            thread.start()
        done = _misbehave(_faults(installation, store, disk, steps), installation, seconds)
        over.set()
        for thread in (*load, pushes):
            thread.join()
        _alive(installation)
        owed = len(due) * (CAPTAINS + 1)
        await_settled(store, campaign, owed)
        print("\nfaults: " + ", ".join(f"{name} × {times}" for name, times in sorted(done.items())))
        wrong = account_reports(store, campaign, told) + account_pushes(installation.platform, store, campaign, owed)
    return int(wrong > 0)


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
    until_done(lambda: store.database.config_set("maxmemory", 0))


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


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("SECONDS") or 1800)))
