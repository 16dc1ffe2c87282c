"""`python -m benchmarks.serve NAME`: one of the measured apps, run as `yidui web` runs the real one."""

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from bot.settings import Settings


def main() -> None:
    gc.disable()  # as `yidui web` does

    from bot.logs import setup
    from bot.server import run_web
    from bot.settings import load_settings

    settings = load_settings()
    setup(settings.log_level, settings.log_format)
    run_web(settings, _named(sys.argv[1]))


def _named(name: str) -> "Callable[[Settings], WSGIApplication]":
    if name == "yidui":
        return _yidui
    from benchmarks.peers import APPS  # the peers' libraries, which the real one never loads

    return APPS[name]


def _yidui(settings: "Settings") -> "WSGIApplication":
    from bot.app import create_app
    from bot.warming import warm

    app = create_app(settings, per_minute=1_000_000)
    warm(app.extensions["yidui"])
    return app


if __name__ == "__main__":
    main()
