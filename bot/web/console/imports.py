"""导入: an organizer brings the roster or the platform's table, looks at what it would do, and says yes.

The page only keeps the file; a worker reads, compares and writes it (`bot/importing.py`).
"""

import os
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from bot.sheets import MOST_BYTES
from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Submission, perform, said, told_before
from handlers import texts
from handlers.language.text import clean
from handlers.messages import UserError
from storage.brought_tables import FOLDER, LISTS, UNDONE, BroughtTable, Sort
from storage.liaisons import RosterLiaison
from storage.roster import RosterUnit
from storage.roster_liaisons import LASTS

ENDINGS = (".xlsx", ".csv")
SORTS: tuple[Sort, ...] = ("roster", "platform")
NAME_LETTERS = 60


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/imports")
    def imports() -> ResponseReturnValue:
        desk = _of_organizer()
        brought = desk.store.brought_tables.of(desk.campaign.id, desk.now)
        return render_template(
            "console/imports.html", desk=desk, told=told_before(), brought=brought, most=MOST_BYTES // 1_000_000
        )

    @pages.get("/console/<campaign_id>/imports/<table_id>")
    def brought(table_id: str) -> ResponseReturnValue:
        """How far it is, and what it would do, or did."""
        desk = _of_organizer()
        table = desk.store.brought_tables.get(desk.campaign.id, table_id)
        if table is None or table.is_over(desk.now):
            abort(404)
        return render_template(
            "console/brought.html",
            desk=desk,
            told=told_before(),
            table=table,
            lists=LISTS,
            undone=table.state in UNDONE,
            liaisons=_liaisons(desk) if (table.sort, table.state) == ("roster", "written") else (),
            lasts=LASTS.days,
        )

    @pages.post("/console/<campaign_id>/imports")
    def bring() -> ResponseReturnValue:
        _of_organizer()

        def act(submission: Submission) -> str:
            desk, file = submission.desk, request.files.get("file")
            if file is None or not file.filename:
                raise UserError(texts.brought_tables.no_file())
            desk.store.brought_tables.bring(desk.campaign, _kept(submission, file, file.filename))
            return texts.brought_tables.is_read()

        return perform(act, url_for("console.imports"), imports)

    @pages.post("/console/<campaign_id>/imports/<table_id>/write")
    def write(table_id: str) -> ResponseReturnValue:
        """She has seen the lists: the worker writes what is new and changed."""
        _of_organizer()

        def act(submission: Submission) -> str:
            desk, tables = submission.desk, submission.desk.store.brought_tables
            if tables.agree(desk.campaign.id, table_id, apart=said("apart") == "yes") is None:
                raise UserError(texts.brought_tables.nothing_to_write())
            return texts.brought_tables.is_written()

        return perform(act, url_for("console.brought", table_id=table_id), lambda: brought(table_id))


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit of the roster and its liaison, with her code or bound."""

    unit: RosterUnit
    liaison: RosterLiaison


def _liaisons(desk: Desk) -> list[Listed]:
    """In the order of the regions and names."""
    cid, order = desk.campaign.id, {region.id: n for n, region in enumerate(desk.campaign.regions)}
    units, made = desk.store.roster.all(cid), desk.store.roster_liaisons.all(cid)
    found = [Listed(units[unit_id].unit, liaison) for unit_id, liaison in made.items() if unit_id in units]
    return sorted(found, key=lambda each: (order.get(each.unit.region, len(order)), each.unit.unit))


def _of_organizer() -> Desk:
    """For whoever organizes the whole campaign alone: what comes in is every region's."""
    desk = at_desk()
    if not desk.organizes_all:
        abort(404)
    return desk


def _kept(submission: Submission, file: FileStorage, filename: str) -> BroughtTable:
    """The file put where the worker finds it, for its owner's eyes alone. Raises `UserError`."""
    desk, name = submission.desk, clean(Path(filename).name, NAME_LETTERS)
    ending = next((each for each in ENDINGS if filename.lower().endswith(each)), None)
    sort = next((each for each in SORTS if each == said("sort")), None)
    if ending is None or sort is None:
        raise UserError(texts.brought_tables.no_file())
    content = file.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UserError(texts.brought_tables.file_too_large(MOST_BYTES // 1_000_000))
    folder, stored = desk.door.data_dir / FOLDER, f"{submission.digest}{ending}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{stored}.unfinished"
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    os.replace(draft, folder / stored)
    return BroughtTable(
        id=submission.digest,
        person=desk.person,
        sort=sort,
        name=name,
        file=stored,
        at=desk.now,
        as_of=said("as_of"),
        apart=said("apart") == "yes",
    )
