"""`demo`, `simulator`, `chat`: trying the bot without an official account."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from bot.demo.stories import STORIES
from bot.simulator.ledgers.accounts import AccountKind


def add_to(app: typer.Typer) -> None:
    app.command()(demo)
    app.command()(simulator)
    app.command()(chat)


def demo(
    campaign: Annotated[
        str, typer.Option(metavar="ID", help=f"Whose story is played: {', '.join(STORIES)}.")
    ] = "zhaotong-2024",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Of the bot; else a free one.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            parser=datetime.fromisoformat,
            metavar="TIME",
            help="Start the clock there, with the story played up to then.",
        ),
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="No pauses.")] = False,
    leave: Annotated[bool, typer.Option("--exit", help="Play, verify, stop with status 0 or 1.")] = False,
) -> None:
    """Play a campaign's story on a real Redis and a rehearsed WeChat, and stay up for you to go on."""
    from bot.demo.demo import Wishes, run

    raise typer.Exit(run(Wishes(campaign, port, as_of, fast, leave)))


def simulator(
    webhook: Annotated[str, typer.Option(metavar="URL", help="Where the bot takes its messages.")],
    token: Annotated[str, typer.Option(help="As the bot has it.")],
    appid: Annotated[str, typer.Option(help="As the bot has it.")],
    aes_key: Annotated[str, typer.Option(help="43 letters and digits; not used in plain mode.")] = "",
    secret: Annotated[str, typer.Option(help="The AppSecret that the bot calls the API with.")] = "rehearsal",
    mode: Annotated[
        Literal["safe", "plain", "compatible"], typer.Option(help="How messages come over the wire.")
    ] = "safe",
    account: Annotated[AccountKind, typer.Option(help="Decides which APIs it has.")] = "verified_service",
    whitelist: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Only from there the API may be called; else from all.")
    ] = None,
    robot: Annotated[
        list[str] | None, typer.Option(metavar="NAME=KEY", help="A group robot; may be given again.")
    ] = None,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the API and the chat page; 0: free.")] = 8001,
) -> None:
    """The rehearsal WeChat alone, for any bot: its API, its message server, and the chat page."""
    from bot.cli.session import CommandError
    from bot.endings import stop_signal
    from bot.simulator.clock import VirtualClock
    from bot.simulator.people import Rehearsal
    from bot.simulator.platform import Platform
    from bot.simulator.push import MessageServer
    from bot.simulator.server import create_simulator_app, run_simulator

    pairs = [each.partition("=") for each in robot or ()]
    if not all(name and key for name, _, key in pairs):
        raise CommandError("write a robot as NAME=KEY")
    if mode != "plain" and len(aes_key) != 43:
        raise CommandError(f"{mode} mode needs --aes-key with its 43 letters and digits; or use --mode plain")
    robots = {name: key for name, _, key in pairs}
    stop = stop_signal()
    clock = VirtualClock()
    platform = Platform(appid, secret, clock, robots, kind=account, whitelist=whitelist or ())
    people = Rehearsal(MessageServer(webhook, token, appid, aes_key, mode, platform))
    for name in ("小李", "小王"):
        people.introduce(name, name)
    with run_simulator(create_simulator_app(people, jump=clock.jump), host, port) as running:
        typer.echo(f"chat page  {running.url}/simulator")
        typer.echo(f"API        YIDUI_WECHAT_API_BASE={running.url} YIDUI_WECOM_API_BASE={running.url}")
        typer.echo(f"control    {running.url}/__ctl")
        stop.wait()


def chat(
    openid: Annotated[str, typer.Option("--as", metavar="OPENID", help="Who speaks.")] = "",
) -> None:
    """A conversation in the terminal through the real webhook; in a pipe, one message a line."""
    from bot.chat import converse
    from bot.settings import load_settings

    raise typer.Exit(1 if converse(load_settings(), openid) else 0)
