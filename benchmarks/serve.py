"""`python -m benchmarks.serve NAME`: one of the measured apps, run as `yidui web` runs the real one."""

import sys

from benchmarks.peers import APPS
from bot.logs import setup
from bot.server import run_web
from bot.settings import load_settings


def main() -> None:
    settings = load_settings()
    setup(settings.log_level, settings.log_format)
    run_web(settings, APPS[sys.argv[1]])


if __name__ == "__main__":
    main()
