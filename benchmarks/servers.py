"""The measured servers as processes: started, waited for, stopped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import AES_KEY, APPID, TOKEN, free_port, wait_for

START_SECONDS = 90.0
STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: `yidui` or one of `peers.APPS`, its port, and the process that supervises its workers."""

    name: str
    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split() if b"resource_tracker" not in _command(int(pid))]

    def worker_megabytes(self) -> float:
        """The proportional memory (PSS) of the largest worker."""
        return max(_pss(pid) for pid in self.workers()) / 1024

    def work_seconds(self) -> float:
        """Processor time that the workers have taken so far."""
        return sum(_ticks(pid) for pid in self.workers()) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(name: str, redis_url: str, folder: Path, **settings: str) -> Iterator[Server]:
    """Run one server until the block ends; its log is `NAME.log` in the folder. `settings` as in the environment.

    From the second start in a folder on its code is compiled, as pip leaves it.
    """
    port = free_port()
    given = {
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(folder),
        "PORT": str(port),
    } | settings
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("YIDUI_", "PYTHONDONTWRITE"))}
    environment |= {f"YIDUI_{key}": value for key, value in given.items()}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.serve", name], env=environment, stdout=log, stderr=log
        )
    try:
        wait_for(port, START_SECONDS)
        yield Server(name, port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
