"""docs/ledger.md tells every kind of entry that the code writes and reads; `make docs` writes its tables."""

import ast
import inspect
import os
from collections.abc import Iterable
from pathlib import Path

from storage import folding
from storage.ledger_kinds import ENTRY, KINDS, Field
from tests.conversations.test_table import table

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/ledger.md"
BEGIN, END = "<!-- tables: written by tests/conversations/test_ledger_page.py -->", "<!-- end of the tables -->"


def fields(told: Iterable[Field]) -> str:
    return table(
        ("Field", "Meaning"),
        ((f"`{field.name}`" + (" (optional)" if field.optional else ""), field.meaning) for field in told),
    )


def written() -> str:
    parts = ["## Every entry", fields(ENTRY)]
    alike: dict[tuple[Field, ...], str] = {}
    for name, kind in KINDS.items():
        parts += [f"## `{name}`", kind.meaning]
        if kind.fields in alike:
            parts.append(f"Its fields are those of `{alike[kind.fields]}`.")
        elif kind.fields:
            alike[kind.fields] = name
            parts.append(fields(kind.fields))
    return "\n\n".join(parts)


def test_the_page_is_what_the_code_says() -> None:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page = f"{before}{BEGIN}\n\n{written()}\n\n{END}{after}"
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `make docs`, and read what it changed"


def test_it_tells_every_kind_that_is_read() -> None:
    """And no other. That it tells every kind and every field that is written, each test of a conversation looks at."""
    (match,) = (node for node in ast.walk(ast.parse(inspect.getsource(folding.fold))) if isinstance(node, ast.Match))
    read = {
        node.value.value
        for case in match.cases
        for node in ast.walk(case.pattern)
        if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant)
    }
    assert read == set(KINDS)


def test_no_kind_is_written_but_these() -> None:
    """The kinds that stand in the storage room's own writes."""
    literals = {
        node.value
        for path in (ROOT / "storage").rglob("*.py")
        if path.name not in ("folding.py", "ledger_kinds.py") and path.parent.name != "folds"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    families = {name.partition(".")[0] for name in KINDS}
    kinds = {
        text for text in literals if text.partition(".")[0] in families and text.count(".") == 1 and " " not in text
    }
    assert kinds - set(KINDS) <= {"team.", "campaign.toml"}
    assert set(KINDS) - kinds == {"team.active", "team.rejected"}, "written as `team.` and the status"
