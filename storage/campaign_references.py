"""What the tables of a campaign say of each other: ids that are used twice, missing, or stand above themselves.

Read off the tables as they are written, too, so that these mistakes are named beside those of the tables themselves.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

TABLES = ("regions", "projects", "contacts", "rulebook", "pushes", "tasks", "review_levels", "sites", "facts", "awards")
"""The tables whose rows have ids."""
REFERENCES = (
    ("regions", "parent", "regions"),
    ("projects", "parent", "projects"),
    ("projects", "region", "regions"),
    ("projects", "only_regions", "regions"),
    ("projects", "contacts", "contacts"),
    ("tasks", "regions", "regions"),
    ("sites", "region", "regions"),
    ("rulebook", "contact", "contacts"),
    ("awards", "regions", "regions"),
    ("awards", "projects", "projects"),
)
"""Which key of which table names ids of which other."""


def broken_references(tables: Mapping[str, Any]) -> Iterator[str]:
    """A line for each mistake, with its mend. Rows that have no id are named elsewhere, and nothing is said of them."""
    ids = {table: [_value(row, "id") for row in _rows(tables, table)] for table in TABLES}
    for table, used in ids.items():
        twice = [i for i, times in Counter(filter(_is_name, used)).items() if times > 1]
        if twice:
            yield f"{table}: id used twice: {', '.join(sorted(twice))}; give each its own"
    whole = {table: set(used) for table, used in ids.items() if all(map(_is_name, used))}
    names = Counter(filter(_is_name, (_value(row, "name") for row in _rows(tables, "hooks"))))
    if twice := [name for name, times in names.items() if times > 1]:
        yield f"hooks: name used twice: {', '.join(sorted(twice))}; give each its own"
    for table, key, of in REFERENCES:
        for row in _rows(tables, table):
            if of in whole:
                yield from _unknown(f"{table}.{_value(row, 'id')}.{key}", _value(row, key), whole[of])
    threshold = _value(tables.get("policy"), "threshold")
    if threshold and "projects" in whole:
        yield from _unknown("policy.threshold.projects", _value(threshold, "projects"), whole["projects"])
    goals = [_value(row, "region") for row in _value(tables.get("targets"), "regions") or ()]
    if goals and "regions" in whole:
        yield from _unknown("targets.regions.region", goals, whole["regions"])
    for table in ("regions", "projects"):
        yield from _above_themselves(table, _rows(tables, table))
    if tables.get("progress") == "items" and not tables.get("tasks"):
        yield "tasks: progress is 'items' but there are no [[tasks]]; add at least one"


def _unknown(where: str, wanted: Any, known: set[str]) -> Iterator[str]:
    named = wanted if isinstance(wanted, list | tuple) else [wanted]
    for each in filter(_is_name, named):
        if each not in known:
            yield f"{where}: no such id {each!r}; known: {', '.join(sorted(known)) or 'none'}"


def _above_themselves(table: str, rows: list[Any]) -> Iterator[str]:
    parents = {_value(row, "id"): _value(row, "parent") for row in rows if _is_name(_value(row, "id"))}
    for start in parents:
        above, passed = parents[start], set[Any]()
        while _is_name(above) and above in parents and above not in passed and above != start:
            passed.add(above)
            above = parents[above]
        if above == start:
            yield f"{table}.{start}.parent: stands above itself; take the parent out of one of them"


def _rows(tables: Mapping[str, Any], table: str) -> list[Any]:
    rows = tables.get(table)
    return list(rows) if isinstance(rows, list | tuple) else []


def _value(row: Any, key: str) -> Any:
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key, None)


def _is_name(value: Any) -> bool:
    return isinstance(value, str)
