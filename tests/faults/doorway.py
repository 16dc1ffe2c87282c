"""A TCP door before several servers, as nginx is: each connection goes to the next one that takes it."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count

CONNECT_SECONDS = 0.5
Place = tuple[str, int]


@contextmanager
def doorway(servers: Sequence[Place]) -> Iterator[int]:
    """The port on which the door opens until the block ends. A server that takes no connection is passed over."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        threading.Thread(target=_let_in, args=(listener, servers), daemon=True).start()
        yield int(listener.getsockname()[1])


def _let_in(listener: socket.socket, servers: Sequence[Place]) -> None:
    for turn in count():
        try:
            visitor, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_lead, args=(visitor, servers, turn), daemon=True).start()


def _lead(visitor: socket.socket, servers: Sequence[Place], turn: int) -> None:
    with visitor:
        for step in range(len(servers)):
            try:
                server = socket.create_connection(servers[(turn + step) % len(servers)], CONNECT_SECONDS)
            except OSError:
                continue
            with server:
                server.settimeout(None)
                back = threading.Thread(target=_carry, args=(server, visitor), daemon=True)
                back.start()
                _carry(visitor, server)
                back.join()
            return


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
