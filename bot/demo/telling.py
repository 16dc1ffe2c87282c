"""The story as it is read: a transcript in the terminal, plain in a pipe."""

from time import sleep

from rich.console import Console
from rich.text import Text

PAUSE_SECONDS = 0.7


class Teller:
    """Prints what happens; `pause` seconds after each thing said."""

    def __init__(self, pause: float) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._pause = pause

    def scene(self, title: str) -> None:
        self._console.print()
        self._console.print(Text(f"━━ {title}", style="bold magenta"))

    def said(self, name: str, line: str) -> None:
        self._console.print()
        self._console.print(Text.assemble((f"{name}：", "bold cyan"), line))
        sleep(self._pause)

    def answered(self, text: str) -> None:
        self._indented(text or "（不回复）", "green")
        sleep(self._pause)

    def pushed(self, ways: dict[str, list[str]], text: str) -> None:
        """A push, once, and who got it by which way."""
        self._console.print()
        for way, names in ways.items():
            self._console.print(Text.assemble((f"推送·{way}：", "bold yellow"), "、".join(names)))
        self._indented(text, "yellow")
        sleep(self._pause)

    def note(self, line: str) -> None:
        self._console.print(Text(line, style="dim"))

    def _indented(self, text: str, style: str) -> None:
        for line in text.splitlines():
            self._console.print(Text(f"    {line}".rstrip(), style=style))

    def result(self, line: str, good: bool) -> None:
        self._console.print(Text(line, style="bold green" if good else "bold red"))

    def plain(self, line: str = "") -> None:
        """Exactly this line, fit for copying."""
        self._console.print(Text(line))
