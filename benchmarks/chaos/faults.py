"""What goes wrong, and how it is undone.

A small disk of its own (tmpfs) needs root, clock steps need a C compiler (`shifted_clock.c`); without one of them its
fault is left out, and that is said.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import requests

from storage.database import StorageError
from storage.store import Store
from tests.faults.installation import Installation

STOPPED_SECONDS, FAULTY_SECONDS, BETWEEN_SECONDS = 6.0, 5.0, 6.0
READY_SECONDS = 120.0
DISK = "size=96m"
CLOCK = Path(__file__).with_name("shifted_clock.c")

Fault = Callable[[], None]


def faults(installation: Installation, store: Store, disk: Path | None, steps: Path) -> dict[str, Fault]:
    all_of_them: dict[str, Fault] = {}
    for victim in ("web", "web worker", "worker", "redis", "parent"):
        all_of_them[f"kill -9 {victim}"] = lambda victim=victim: installation.kill(victim)
    for victim in ("web", "worker", "redis", "parent"):
        all_of_them[f"SIGSTOP {victim}"] = lambda victim=victim: _stop(installation, victim)
    all_of_them["no memory"] = lambda: _without_memory(store)
    if disk is not None:
        all_of_them["full disk"] = lambda: _fill(disk)
    if steps.exists():
        all_of_them["clock a day ahead"] = lambda: _step(steps, 86_400, installation)
        all_of_them["clock two minutes back"] = lambda: _step(steps, -120, installation)
    wanted = [name for name in os.environ.get("FAULTS", "").split(",") if name]
    return {name: fault for name, fault in all_of_them.items() if not wanted or name in wanted}


def misbehave(faults: dict[str, Fault], installation: Installation, seconds: float) -> Counter[str]:
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
            alive(installation)


def alive(installation: Installation) -> None:
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


def until_done(undo: Callable[[], object]) -> None:
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


def steppable(steps: Path) -> dict[str, str]:
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
def disk(folder: Path) -> Iterator[Path | None]:
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
