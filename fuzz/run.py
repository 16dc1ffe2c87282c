"""`python -m fuzz.run [REQUESTS]`: fuzzed requests against the real server, by default 200 000 of them.

Fails (status 1) on any answer that `fuzz.verdict` does not allow, where memory or keys grow, or where the good message
after it all is not answered.
"""

import http.client
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.load import free_port, wait_for
from benchmarks.servers import Server
from fuzz.inputs import AES_KEY, APPID, TOKEN, Request, good, request
from fuzz.verdict import fault
from storage.campaign_files import load
from storage.database import connect
from storage.embedded import ensure
from storage.store import Store, open_store

REQUESTS, CONNECTIONS, PARTS = 200_000, 16, 10
LENGTH = 120
"""Bytes that a request is made from."""
GROWTH_MEGABYTES, GROWTH_KEYS = 8.0, 0.1
"""What the second half may add to a process's memory, and to the keys that do not end by themselves."""
LOG = "web.log"
CLOSED = 0
"""Stands for a connection that was closed while the body was still being sent: a stranger's body is not read."""
CAMPAIGN = Path(__file__).resolve().parents[1] / "campaigns/zhaotong-2024"


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands after a part of the run. `lasting`: keys that do not end by themselves."""

    megabytes: float
    keys: int
    lasting: int


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        redis = ensure(Path(folder))
        try:
            store = open_store(connect(redis.url), "yd", "live")
            store.campaigns.publish(load(CAMPAIGN), datetime.now(UTC))
            with serving(redis.url, Path(folder)) as server:
                complaints = run(server, store, requests)
            if tracebacks := (Path(folder) / LOG).read_text().count("Traceback"):
                complaints.append(f"{tracebacks} tracebacks in the log")
            print("\n".join(complaints) or "no 5xx but 503, no growth, no traceback; the good message was answered")
            sys.exit(1 if complaints else 0)
        finally:
            redis.stop()


def run(server: Server, store: Store, requests: int) -> list[str]:
    """Send them in parts, measure after each, and say what was seen. Returns what should not have been."""
    seed, started = int(time.time()), int(time.time())
    statuses: Counter[int] = Counter()
    faults: Counter[str] = Counter()
    measures: list[Measure] = []
    print(f"{requests} requests over {CONNECTIONS} connections, seed {seed}")
    began = time.monotonic()
    for part in range(PARTS):
        strangers = part == PARTS - 1
        parts = [
            (server.port, f"{seed}/{part}/{n}", requests // PARTS // CONNECTIONS, started, strangers)
            for n in range(CONNECTIONS)
        ]
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            for seen, wrong in threads.map(send, *zip(*parts, strict=True)):
                statuses += seen
                faults += wrong
        measures.append(measure(server, store))
        now = measures[-1]
        print(f"{(part + 1) * 100 // PARTS:3} %  {now.megabytes:6.1f} MB  {now.keys:6} keys, {now.lasting} lasting")
    seconds = time.monotonic() - began
    sent = sum(statuses.values())
    print(f"{sent} answers in {seconds:.0f} s ({sent / seconds:.0f}/s): {dict(sorted(statuses.items()))}")
    complaints = [*(f"{times} × {what}" for what, times in faults.most_common(10)), *grown(measures)]
    return complaints if answers(server.port) else [*complaints, "the good message was not answered"]


def send(port: int, seed: str, requests: int, moment: int, strangers: bool) -> tuple[Counter[int], Counter[str]]:
    """One connection's share. `moment`: the CreateTime of the newest messages, so that keys repeat.

    `strangers`: only what WeChat could not have sent, which must leave no trace at all.
    """
    chance, statuses, faults = random.Random(seed), Counter[int](), Counter[str]()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    for _ in range(requests):
        made = request(chance.randbytes(LENGTH), moment, books=False)
        while strangers and made.authentic:
            made = request(chance.randbytes(LENGTH), moment, books=False)
        try:
            status, answer = ask(connection, made)
        except (OSError, http.client.HTTPException):
            connection.close()
            statuses[CLOSED] += 1
            if made.authentic:
                faults["the connection was closed upon an authentic push"] += 1
            continue
        if made.method != "POST":  # its body is unread, and nothing else can come by this connection
            connection.close()
        statuses[status] += 1
        if wrong := fault(made, status, answer):
            faults[wrong] += 1
    connection.close()
    return statuses, faults


def ask(connection: http.client.HTTPConnection, made: Request) -> tuple[int, bytes]:
    path = f"/wechat?{urlencode(made.packet.query, errors='replace')}"
    connection.request(made.method, path, made.packet.body, dict(made.packet.headers))
    answer = connection.getresponse()
    return answer.status, answer.read()


def answers(port: int) -> bool:
    """Whether somebody new is answered, in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    status, answer = ask(connection, Request("POST", good("o-good", 1, int(time.time())), authentic=True))
    connection.close()
    return status == 200 and b"<Encrypt>" in answer


def measure(server: Server, store: Store) -> Measure:
    keys = list(store.database.scan_iter(count=1000))
    with store.database.pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.ttl(key)
        lasting = sum(1 for seconds in pipe.execute() if seconds == -1)
    return Measure(server.worker_megabytes(), len(keys), lasting)


def grown(measures: list[Measure]) -> Iterator[str]:
    """What the second half added that it should not have, and what strangers did."""
    first, second = measures[: len(measures) // 2], measures[len(measures) // 2 :]
    before, after = max(m.megabytes for m in first), max(m.megabytes for m in second)
    if after - before > GROWTH_MEGABYTES:
        yield f"memory grew from {before:.1f} to {after:.1f} MB"
    lasted, last = max(m.lasting for m in first), max(m.lasting for m in second)
    if last > lasted * (1 + GROWTH_KEYS):
        yield f"lasting keys grew from {lasted} to {last}"
    if measures[-1].keys > measures[-2].keys:
        yield f"strangers left {measures[-1].keys - measures[-2].keys} keys"


@contextmanager
def serving(redis_url: str, folder: Path) -> Iterator[Server]:
    """`yidui web` as an installation has it, with its usual limits."""
    port = free_port()
    given = {
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    environment = os.environ | {f"YIDUI_{name}": value for name, value in given.items()}
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", "web"], env=environment, stderr=log)
    try:
        wait_for(port, 20.0)
        yield Server("yidui", port, process.pid)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


if __name__ == "__main__":
    main()
