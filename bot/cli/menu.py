"""`menu publish`: the official account's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.wechat.menus import Menu

group = typer.Typer(help="The official account's menu.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="menu")


@group.callback()
def of_the_account() -> None:
    """The official account's menu."""


@group.command()
def publish(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the menus and ask WeChat nothing.")] = False,
) -> None:
    """Publish everybody's menu and the coordinators'; run it again when roles have changed."""
    from bot import menu
    from bot.apis import account_client
    from bot.cli.session import CommandError, open_store
    from bot.settings import load_settings
    from bot.wechat.menus import Menus
    from bot.wechat.users import Users
    from scheduler.channels import SendError

    settings = load_settings()
    with open_store(settings) as store:
        _show("everybody", menu.default_menu())
        _show(f"coordinators ({len(menu.coordinators(store))})", menu.coordinators_menu())
        if dry_run:
            return
        client = account_client(settings, store)
        try:
            count = menu.publish(store, Menus(client), Users(client))
        except SendError as error:
            code = f"{error.code} " if error.code else ""
            raise CommandError(f"WeChat: {code}{error}; {error.mend or 'try again'}") from None
    typer.echo(f"published; {count} coordinators have theirs; people see it within five minutes")


def _show(whose: str, shown: Menu) -> None:
    typer.echo(f"{whose}:")
    for button in shown:
        typer.echo(f"  {button.name}" if button.buttons else f"  {button.name} → {button.key}")
        for below in button.buttons:
            typer.echo(f"    {below.name} → {below.key}")
