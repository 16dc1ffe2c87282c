"""What every import has in common: where it comes from, the steps in which it is written, and how it is told."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import typer

from bot.cli.progress import progress
from bot.cli.session import CommandError
from handlers.imports.rows import Refusal
from handlers.imports.steps import Steps
from storage import Store
from storage.campaign_schema import Campaign
from storage.ledger import Author, Changed, Frozen


@dataclass(frozen=True, slots=True)
class Source:
    """A file, for which campaign, and what was said besides; `as_of` as it was typed."""

    store: Store
    campaign: Campaign
    file: Path
    sheet: str
    columns: Path | None
    as_of: str


class Imported(Protocol):
    """A table that was compared with what is kept."""

    @property
    def refused(self) -> Sequence[Refusal]: ...

    def write(self) -> None:
        """Write what is new or changed. Raises `CommandError`."""

    def tell(self, *, as_json: bool, applied: bool) -> None:
        """Print the lists."""


def write_in_steps(source: Source, kinds: Sequence[Steps]) -> None:
    """Broken off between two steps, the next run goes on. Raises `CommandError`."""
    run, numbers = secrets.token_hex(8), count()
    with progress("writing", sum(len(steps.rows) for steps in kinds)) as tick:
        for write, step in [(steps.write, step) for steps in kinds for step in steps]:
            author = Author(f"import:{run}/{next(numbers)}", "operator", source.store.clock.now())
            try:
                write(author, step)
            except Frozen:
                final = "its figures are final; an organizer changes one by 改定稿"
                raise CommandError(f"{source.campaign.id} is frozen: {final}") from None
            except Changed:
                raise CommandError("somebody else changes this at the same moment; do it again") from None
            tick(len(step))


def tell_refused(refused: Sequence[Refusal]) -> None:
    for refusal in refused:
        typer.echo(f"refused\trow {refusal.row}\t{refusal.unit}\t{refusal.reason}")


def tell_end(source: Source, counted: Mapping[str, int], unread: Sequence[str], *, applied: bool) -> None:
    """How many rows each list has, what was not read, and whether it was written."""
    typer.echo(f"{source.campaign.id}: {', '.join(f'{count} {name}' for name, count in counted.items())}")
    if unread:
        typer.echo(f"yidui: columns that nothing reads: {', '.join(unread)}", err=True)
    if not applied:
        typer.echo(f"yidui: nothing was written of {source.file.name}; --apply does", err=True)


def tell_json(source: Source, kind: str, lists: Mapping[str, Any], refused: Sequence[Refusal], applied: bool) -> None:
    content = {"campaign": source.campaign.id, "import": kind, "file": source.file.name, "applied": applied, **lists}
    content["refused"] = [{"row": r.row, "unit": r.unit, "reason": r.reason} for r in refused]
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
