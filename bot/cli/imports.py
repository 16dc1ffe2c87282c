"""`import …`: tables that come in. Looked at first, written with `--apply`, and the same twice is the same once."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_table)


def import_table(
    campaign_id: Annotated[str, typer.Argument(metavar="ID")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="roster or platform")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .xlsx or .csv file.")],
    apply: Annotated[bool, typer.Option("--apply", help="Write it; else only say what would change.")] = False,
    as_of: Annotated[str, typer.Option(metavar="T", help="platform: of when the figures are: 2024-05-08T21:00.")] = "",
    columns: Annotated[Path | None, typer.Option(metavar="FILE", help='Headings of yours: unit = "学校全称".')] = None,
    sheet: Annotated[str, typer.Option(metavar="NAME", help="Which sheet of a workbook.")] = "",
    apart: Annotated[bool, typer.Option("--apart", help="roster: units like others are their own.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Take a table in: the roster of units, or what the platform says of teams. Status 1 where a row was refused.

    Rows come on lists: new, same, changed, refused; units of a roster that look like others on one more, alike.
    """
    from bot.cli.imported import Imported, Source
    from bot.cli.platform_import import read_platform
    from bot.cli.roster_import import read_roster
    from bot.cli.session import CommandError, open_store, open_to_write, published
    from handlers.imports.sheet import Unusable

    if kind not in ("roster", "platform"):
        raise CommandError(f"there is no import of {kind!r}; there are: roster, platform")
    with (open_to_write if apply else open_store)() as store:
        source = Source(store, published(store, campaign_id), file, sheet, columns, as_of)
        try:
            imported: Imported = read_roster(source, apart) if kind == "roster" else read_platform(source)
        except Unusable as why:
            raise CommandError(str(why)) from None
        if apply:
            imported.write()
    imported.tell(as_json=as_json, applied=apply)
    raise typer.Exit(1 if imported.refused else 0)
