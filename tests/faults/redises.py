"""Several Redis servers as an operator runs them: a primary with replicas under Sentinel, or a cluster."""

import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import redis

from storage.engines import choose
from tests.faults.hosts import Host, free_port

SERVICE, PASSWORD = "yidui", "a-password-for-tests"
START_SECONDS, SLOTS = 30.0, 16384
DEPLOY = Path(__file__).parents[2] / "deploy"
_PLACEHOLDER = "CHANGE-THIS-PASSWORD"


def _settings() -> dict[str, str]:
    """What an operator is told to set, and what makes tests quick."""
    lines = (DEPLOY / "redis.conf").read_text(encoding="utf-8").replace(_PLACEHOLDER, PASSWORD).splitlines()
    told = dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return told | {"save": "", "repl-diskless-sync-delay": "0", "repl-ping-replica-period": "1"}


@dataclass(slots=True)
class RedisServer:
    """One server, its folder and its process."""

    host: Host
    port: int
    folder: Path
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> str:
        return f"{self.host.address}:{self.port}"

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@{self.place}"

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [_binary(), *self.arguments]
        self.process = self.host.run(command, self.folder / "log")

    def client(self) -> Any:
        return redis.Redis(
            host=self.host.address,
            port=self.port,
            password=PASSWORD,
            decode_responses=True,
            socket_timeout=1,
            retry=None,
        )

    def answers(self) -> bool:
        with suppress(redis.RedisError), self.client() as client:
            return bool(client.ping())
        return False

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        if number == signal.SIGKILL:
            self.process.wait()


def server(host: Host, folder: Path, **settings: str) -> RedisServer:
    """A server that is not started yet."""
    port = int(settings.pop("port", 6379 if host.namespace else free_port()))
    told = _settings() | {"dir": str(folder), "bind": host.address, "port": str(port)} | settings
    arguments = [word for name, value in told.items() for word in (f"--{name.replace('_', '-')}", *value.split(" "))]
    return RedisServer(host, port, folder, arguments)


@dataclass
class Guarded:
    """A primary, its replicas, and three Sentinels that put one in the place of the other."""

    servers: list[RedisServer]
    sentinels: list[RedisServer] = field(default_factory=list)

    @property
    def url(self) -> str:
        places = ",".join(sentinel.place for sentinel in self.sentinels)
        return f"redis+sentinel://:{PASSWORD}@{places}/{SERVICE}"

    def primary(self) -> RedisServer:
        """The one that most Sentinels which answer name."""
        named: list[tuple[str, int]] = []
        for sentinel in self.sentinels:
            with suppress(redis.RedisError), _plain(sentinel) as client:
                host, port = client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)
                named.append((host, int(port)))
        where = max(named, key=named.count)
        return next(each for each in self.servers if (each.host.address, each.port) == where)

    def await_failover(self, before: RedisServer, seconds: float = 30.0) -> RedisServer:
        """The new primary once there is one. Raises `TimeoutError`."""
        give_up = monotonic() + seconds
        while monotonic() < give_up:
            with suppress(ValueError):
                if (now := self.primary()) is not before and _role(now) == "master":
                    return now
            sleep(0.1)
        raise TimeoutError("no replica has taken over")

    def await_replicas(self, count: int, seconds: float = 60.0) -> None:
        """Until so many replicas follow the primary and are in step. Raises `TimeoutError`."""
        give_up = monotonic() + seconds
        while monotonic() < give_up:
            with suppress(redis.RedisError, ValueError), self.primary().client() as client:
                told = client.info("replication")
                in_step = [told.get(f"slave{n}", {}).get("state") for n in range(told["connected_slaves"])]
                if in_step.count("online") >= count:
                    return
            sleep(0.1)
        raise TimeoutError(f"fewer than {count} replicas are in step")


def guarded(hosts: Sequence[Host], folder: Path, servers: int, down_after_ms: int) -> Guarded:
    """Start `servers` Redis servers, the first of them the primary, and three Sentinels on these hosts."""
    made: list[RedisServer] = []
    for number in range(servers):
        host, place = hosts[number % len(hosts)], folder / f"redis-{number + 1}"
        follows = {"replicaof": f"{made[0].host.address} {made[0].port}"} if made else {}
        made.append(server(host, place, **follows))
        made[-1].start()
        _await(made[-1])
    together = Guarded(made)
    for number in range(3):
        host, place = hosts[number % len(hosts)], folder / f"sentinel-{number + 1}"
        together.sentinels.append(_sentinel(host, place, made[0], down_after_ms))
    give_up = monotonic() + START_SECONDS
    while monotonic() < give_up and not all(_sees_all(each, servers - 1) for each in together.sentinels):
        sleep(0.1)
    together.await_replicas(servers - 1)
    return together


def copy_of(stopped: RedisServer, folder: Path, host: Host) -> RedisServer:
    """A server of its own, started on a copy of what another left on its disk, and following nobody."""
    folder.mkdir(parents=True)
    shutil.copytree(stopped.folder / "appendonlydir", folder / "appendonlydir")
    made = server(Host("127.0.0.1"), folder)
    made.start()
    _await(made)
    host.running.append(made.process)  # type: ignore[arg-type]  # it was started just now
    return made


def _sentinel(host: Host, folder: Path, primary: RedisServer, down_after_ms: int) -> RedisServer:
    folder.mkdir(parents=True)
    port = 26379 if host.namespace else free_port()
    told = (DEPLOY / "sentinel.conf").read_text(encoding="utf-8").replace(_PLACEHOLDER, PASSWORD)
    told = told.replace("10.0.0.11 6379", f"{primary.host.address} {primary.port}")
    told = told.replace("yidui 3000\n", f"yidui {down_after_ms}\n").replace("yidui 30000\n", "yidui 6000\n")
    (folder / "sentinel.conf").write_text(f"{told}port {port}\nbind {host.address}\ndir {folder}\n", encoding="utf-8")
    made = RedisServer(host, port, folder, [str(folder / "sentinel.conf"), "--sentinel"])
    made.start()
    return made


def _sees_all(sentinel: RedisServer, replicas: int) -> bool:
    with suppress(redis.RedisError), _plain(sentinel) as client:
        told = client.execute_command("SENTINEL", "MASTER", SERVICE)
        seen = told if isinstance(told, dict) else dict(zip(told[::2], told[1::2], strict=True))
        return int(seen["num-slaves"]) == replicas and int(seen["num-other-sentinels"]) == 2
    return False


def _plain(sentinel: RedisServer) -> Any:
    return redis.Redis(
        host=sentinel.host.address, port=sentinel.port, decode_responses=True, socket_timeout=0.5, retry=None
    )


def _role(of: RedisServer) -> str:
    with suppress(redis.RedisError), of.client() as client:
        return str(client.info("replication")["role"])
    return ""


def _await(started: RedisServer) -> None:
    give_up = monotonic() + START_SECONDS
    while not started.answers():
        if monotonic() > give_up:
            raise TimeoutError(f"{started.folder / 'log'}: the server does not answer")
        sleep(0.05)


def _binary() -> str:
    return str(choose(Path("/nonexistent"), None).binary)


@dataclass
class Clustered:
    """A cluster: primaries with a share of the slots each, and replicas of them."""

    servers: list[RedisServer]

    @property
    def url(self) -> str:
        return f"redis+cluster://:{PASSWORD}@{','.join(server.place for server in self.servers)}"

    def stop(self) -> None:
        for each in self.servers:
            each.signal(signal.SIGKILL)

    def keepers(self) -> dict[tuple[int, int], RedisServer]:
        """Which server keeps which slots, as the first that answers tells it."""
        for asked in self.servers:
            with suppress(redis.RedisError), asked.client() as client:
                told = client.execute_command("CLUSTER", "SLOTS")
                return {(int(first), int(last)): self._at(*primary[:2]) for first, last, primary, *_ in told}
        raise TimeoutError("no server of the cluster answers")

    def keeper(self, slot: int) -> RedisServer:
        return next(server for (first, last), server in self.keepers().items() if first <= slot <= last)

    def move(self, slot: int, to: RedisServer) -> int:
        """Bring one slot to another server, key by key, while it is used; how many keys went."""
        moved = 0
        with self.keeper(slot).client() as giving, to.client() as taking:
            giver, taker = _node_id(giving), _node_id(taking)
            taking.execute_command("CLUSTER", "SETSLOT", slot, "IMPORTING", giver)
            giving.execute_command("CLUSTER", "SETSLOT", slot, "MIGRATING", taker)
            while keys := giving.execute_command("CLUSTER", "GETKEYSINSLOT", slot, 50):
                there = [to.host.address, to.port, "", 0, 5000, "AUTH", PASSWORD]
                giving.execute_command("MIGRATE", *there, "KEYS", *keys)
                moved += len(keys)
            taking.execute_command("CLUSTER", "SETSLOT", slot, "NODE", taker)
            giving.execute_command("CLUSTER", "SETSLOT", slot, "NODE", taker)
        return moved

    def await_whole(self, seconds: float = 60.0) -> None:
        """Until every server calls the cluster whole, and each that keeps slots has a replica, else `TimeoutError`."""
        give_up = monotonic() + seconds
        while monotonic() < give_up:
            with suppress(redis.RedisError, StopIteration, TimeoutError):
                keeping = {id(server): server for server in self.keepers().values()}
                if all(map(_is_whole, self.servers)) and all(map(_has_replica, keeping.values())):
                    return
            sleep(0.1)
        raise TimeoutError("the cluster does not become whole")

    def await_other(self, before: RedisServer, seconds: float = 30.0) -> None:
        """Until others keep what a server kept. Raises `TimeoutError`."""
        give_up = monotonic() + seconds
        while monotonic() < give_up:
            with suppress(redis.RedisError, StopIteration):
                if before not in self.keepers().values():
                    return
            sleep(0.1)
        raise TimeoutError("no replica has taken over")

    def _at(self, host: str, port: int) -> RedisServer:
        return next(each for each in self.servers if (each.host.address, each.port) == (host, port))


def clustered(hosts: Sequence[Host], folder: Path, primaries: int = 3, node_timeout_ms: int = 2000) -> Clustered:
    """Start so many primaries, each with a replica on another host, and divide the slots among them."""
    made = []
    for number in range(2 * primaries):
        host = hosts[number % len(hosts)]
        told = {
            "cluster-enabled": "yes",
            "cluster-node-timeout": str(node_timeout_ms),
            "cluster-port": str(free_port()),
        }
        if host.namespace:
            told |= {"port": str(6379 + number), "cluster-port": str(16379 + number)}
        made.append(server(host, folder / f"redis-{number + 1}", **told))
        made[-1].start()
    for each in made:
        _await(each)
    together = Clustered(made)
    share = SLOTS // primaries
    for number, each in enumerate(made):
        with each.client() as client:
            client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
            if number < primaries:
                last = SLOTS if number == primaries - 1 else (number + 1) * share
                client.execute_command("CLUSTER", "ADDSLOTSRANGE", number * share, last - 1)
            for other in made[:number]:
                bus = other.arguments[other.arguments.index("--cluster-port") + 1]
                client.execute_command("CLUSTER", "MEET", other.host.address, other.port, bus)
    for number in range(primaries):
        with made[number].client() as client:
            followed = _node_id(client)
        _follow(made[primaries + (number + 1) % primaries], followed)
    together.await_whole()
    return together


def _follow(replica: RedisServer, primary: str) -> None:
    give_up = monotonic() + START_SECONDS
    while monotonic() < give_up:
        with suppress(redis.RedisError), replica.client() as client:
            client.execute_command("CLUSTER", "REPLICATE", primary)
            return
        sleep(0.1)
    raise TimeoutError("the servers of the cluster do not meet")


def _node_id(client: Any) -> str:
    return str(client.execute_command("CLUSTER", "MYID"))


def _is_whole(each: RedisServer) -> bool:
    with each.client() as client:
        told = client.execute_command("CLUSTER", "INFO")
        return told["cluster_state"] == "ok" if isinstance(told, dict) else "cluster_state:ok" in told


def _has_replica(primary: RedisServer) -> bool:
    with primary.client() as client:
        return client.info("replication").get("slave0", {}).get("state") == "online"
