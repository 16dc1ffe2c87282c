"""Runs the rehearsal WeChat in threads of this process."""

import socket
import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.simulator.api import create_platform_app
from bot.simulator.courier import Courier
from bot.simulator.page import Jump, Scenery, create_page
from bot.simulator.people import Rehearsal

STOP_CHECKED_EVERY = 0.05  # seconds
BARE = Scenery()
PEOPLE = "rehearsal"
"""Under which extension the application knows its people."""


class QuietHandler(WSGIRequestHandler):
    """Answers without a line on standard error for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


class RunningSimulator:
    """A simulator that answers at `url` until `stop()`, and meanwhile tells the bot what falls due.

    The port is tried first, since werkzeug ends the whole process when it is taken.
    """

    def __init__(self, app: Flask, host: str, port: int) -> None:
        socket.create_server((host, port)).close()
        self._server = make_server(host, port, app, threaded=True, request_handler=QuietHandler)
        self.url = f"http://{host}:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_CHECKED_EVERY,), name="simulator", daemon=True
        )
        self._thread.start()
        people: Rehearsal | None = app.extensions.get(PEOPLE)
        self._courier = None if people is None else Courier(people.server)
        if self._courier is not None:
            self._courier.start()

    def stop(self) -> None:
        """Stops listening; what is being answered may end with an error."""
        if self._courier is not None:
            self._courier.stop()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "RunningSimulator":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def create_simulator_app(people: Rehearsal, scenery: Scenery = BARE, jump: Jump | None = None) -> Flask:
    """The fake API and the chat page in one Flask application."""
    app = create_platform_app(people.platform, people)
    app.extensions[PEOPLE] = people
    app.register_blueprint(create_page(people, scenery, jump))
    return app


def run_simulator(app: Flask, host: str = "127.0.0.1", port: int = 0) -> RunningSimulator:
    """Serves the simulator, or its API alone; port 0 takes a free one. Raises OSError when it is taken."""
    return RunningSimulator(app, host, port)
