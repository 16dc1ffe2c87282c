"""`python -m bot` is `yidui`."""

from bot.cli import main

main()
