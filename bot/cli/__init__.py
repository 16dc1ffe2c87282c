"""The command line, `yidui`. One module per group of commands; what a command needs it imports when it runs."""

from bot.cli.entry import main

__all__ = ["main"]
