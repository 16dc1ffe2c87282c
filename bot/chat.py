"""A conversation in the terminal, through the real webhook: signed, in safe mode encrypted."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from rich.console import Console

from bot.cli.session import CommandError
from bot.settings import Settings
from bot.simulator.people import SimulatedPerson
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer
from bot.wechat.inbound import is_account

MYSELF = "chat"
"""Who speaks unless an openid is given."""


def converse(settings: Settings, openid: str) -> int:
    """Deliver each line as a message and print the answers; how many the bot failed to answer.

    Raises `CommandError` outside a rehearsal: a live account's users cannot be played.
    """
    if settings.mode != "rehearsal":
        raise CommandError("chat plays a WeChat user, so it needs YIDUI_MODE=rehearsal")
    settings.require_webhook()
    if openid and not is_account(openid):
        raise CommandError(f"{openid!r} is no openid: up to 64 letters, digits, - and _, such as {MYSELF}-2")
    person = _person(settings, openid)
    console, faults = Console(highlight=False, soft_wrap=True), 0
    for line in _lines(console):
        delivery = person.send({"MsgType": "text", "Content": line})
        if delivery.shown:
            console.print(delivery.shown, markup=False)
            console.print()
        elif not delivery.fault:
            sys.stderr.write("yidui: it gave no answer\n")
        if delivery.fault:
            faults += 1
            sys.stderr.write(f"yidui: {settings.public_url}/wechat: {delivery.fault}\n")
    return faults


def _person(settings: Settings, openid: str) -> SimulatedPerson:
    """Whoever speaks; the account's pictures are kept by another process."""
    platform = Platform(settings.wechat_appid, "", lambda: datetime.now(UTC))
    server = MessageServer(
        f"{settings.public_url}/wechat",
        settings.wechat_token.get_secret_value(),
        settings.wechat_appid,
        settings.wechat_aes_key.get_secret_value(),
        settings.wechat_mode,
        platform,
        has_media=lambda _: True,
    )
    return SimulatedPerson(openid or platform.openid_of(MYSELF), openid or MYSELF, server)


def _lines(console: Console) -> Iterator[str]:
    """What is typed, or what comes down a pipe, without empty lines."""
    if not sys.stdin.isatty():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    console.print("Ctrl-D ends the conversation.", style="dim")
    while True:
        try:
            line = console.input("[bold]› [/]").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if line:
            yield line
