"""One server a folder and a port: whoever comes second is told so in one line, and takes nothing along."""

import socket
import subprocess
from pathlib import Path

import pytest

from bot.claims import Claimed, claimed
from storage.embedded import ensure
from tests.processes.test_served import BOT, ROOT, Served, free_port, served, wait_for

__all__ = ["served"]


def refused(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [*BOT, command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if line.startswith("yidui: ")]
    assert "Traceback" not in done.stderr
    return line


def test_a_second_server_is_refused_and_the_first_goes_on(served: Served, tmp_path: Path) -> None:
    wait_for(f"{served.url}/readyz")
    first, port = served.environment["YIDUI_DATA_DIR"], served.environment["YIDUI_PORT"]
    redis = ensure(Path(first))
    same_folder = refused("serve", served.environment | {"YIDUI_PORT": str(free_port())})
    assert f"another `yidui serve` (process {served.process.pid}) has {first}" in same_folder
    elsewhere = served.environment | {"YIDUI_DATA_DIR": str(tmp_path / "other")}
    for command in ("serve", "web"):
        told = refused(command, elsewhere)
        assert f"port {port} of 127.0.0.1 is taken" in told
        assert str(tmp_path / "other") in told
    assert not (tmp_path / "other" / "status.json").exists()
    assert (redis.alive(), ensure(Path(first)).pid) == (True, redis.pid)
    wait_for(f"{served.url}/readyz")


def test_a_port_that_another_program_has_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as foreign:
        port = foreign.getsockname()[1]
        with pytest.raises(Claimed, match=f"port {port} of 127.0.0.1 is taken"), claimed(tmp_path, "127.0.0.1", port):
            pass
    with claimed(tmp_path, "127.0.0.1", port):
        pass


def test_two_that_start_at_once_do_not_both_get_it(tmp_path: Path) -> None:
    """Nobody listens yet when the second comes."""
    port = free_port()
    with claimed(tmp_path / "one", "127.0.0.1", port):
        with pytest.raises(Claimed, match=f"port {port}"), claimed(tmp_path / "two", "127.0.0.1", port):
            pass
        with pytest.raises(Claimed, match=r"has .*one"), claimed(tmp_path / "one", "127.0.0.1", free_port()):
            pass


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid"])
def test_an_address_that_is_not_here_is_named(tmp_path: Path, host: str) -> None:
    with (
        pytest.raises(Claimed, match=rf"{host}:8000 cannot be listened at: .*YIDUI_HOST"),
        claimed(tmp_path, host, 8000),
    ):
        pass


def test_a_port_just_left_is_free_again(tmp_path: Path) -> None:
    """Connections that its last server closed linger for a minute; they are in nobody's way."""
    port = free_port()
    with socket.create_server(("127.0.0.1", port)) as server, socket.create_connection(("127.0.0.1", port)) as client:
        accepted, _ = server.accept()
        accepted.close()
        client.recv(1)
    with claimed(tmp_path, "127.0.0.1", port):
        pass
