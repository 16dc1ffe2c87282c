"""Hosts on one machine: network namespaces on one bridge, or the loopback address where none can be made."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.lifelines import die_with_parent

_OURS = f"y{os.getpid()}"
"""How what this process makes begins, so that two of them do not meet."""
BRIDGE, NET = f"{_OURS}b", f"10.77.{os.getpid() % 250}"


@dataclass(slots=True)
class Host:
    """A place where processes run: `address` is its own, `namespace` '' where all share the loopback address."""

    address: str
    namespace: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(
        self,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a process here, in a folder if one is given; it dies with this one."""
        inside = ["ip", "netns", "exec", self.namespace] if self.namespace else []
        with log.open("ab") as written:
            process = subprocess.Popen(
                [*inside, *command],
                env=environment,
                cwd=folder,
                stdout=written,
                stderr=written,
                stdin=subprocess.DEVNULL,
                preexec_fn=partial(die_with_parent, os.getpid(), signal.SIGKILL),
            )
        self.running.append(process)
        return process

    @property
    def can_be_cut_off(self) -> bool:
        return bool(self.namespace)

    def cut_off(self) -> None:
        """Nobody reaches the host any more, and it reaches nobody."""
        _ip("link", "set", f"v{self.namespace}", "down")

    def connect(self) -> None:
        _ip("link", "set", f"v{self.namespace}", "up")

    def end(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


@contextmanager
def hosts(count: int) -> Iterator[tuple[list[Host], str]]:
    """So many hosts, and the address at which they find this process. Network namespaces need root and `ip`."""
    made: list[Host] = []
    try:
        if _bridged():
            for number in range(count):
                made.append(_host(number))
            yield made, f"{NET}.1"
        else:
            made.extend(Host("127.0.0.1") for _ in range(count))
            yield made, "127.0.0.1"
    finally:
        for host in made:
            host.end()
            if host.namespace:
                subprocess.run(["ip", "link", "del", f"v{host.namespace}"], check=False)
                subprocess.run(["ip", "netns", "del", host.namespace], check=False)
        subprocess.run(["ip", "link", "del", BRIDGE], check=False, capture_output=True)


def free_port(address: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def _bridged() -> bool:
    """Whether a bridge of our own could be made."""
    try:
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{NET}.1/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _host(number: int) -> Host:
    name, address = f"{_OURS}n{number + 1}", f"{NET}.{number + 11}"
    host = Host(address, name)
    _ip("netns", "add", name)
    _ip("link", "add", f"v{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
    _ip("link", "set", f"v{name}", "master", BRIDGE)
    _ip("link", "set", f"v{name}", "up")
    for told in (
        ("addr", "add", f"{address}/24", "dev", "eth0"),
        ("link", "set", "eth0", "up"),
        ("link", "set", "lo", "up"),
    ):
        _ip("-n", name, *told)
    return host


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
