"""What is wrong with a campaign's tables, in lines that name the table and the mend."""

from collections.abc import Iterator
from datetime import date, time
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storage.campaign_references import broken_references
from storage.campaign_schema import Campaign
from storage.campaign_settings import Push
from storage.campaign_times import as_written

Location = tuple[int | str, ...]


def findings(error: ValidationError, tables: dict[str, Any]) -> list[tuple[str, str]]:
    """Each mistake as the top-level table it is in ("" for the top) and its line.

    Unknown keys come first, because a misspelt key also shows as a missing one.
    """
    details = sorted(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
    found = [each for detail in details for each in _explain(detail, tables)]
    if all(detail["loc"] for detail in details):
        found += [(_table_of(line), line) for line in broken_references(tables)]
    return found


def contradictions(campaign: Campaign) -> Iterator[str]:
    """What a sound campaign says that cannot be meant, each with its mend."""
    for name, window in campaign.windows:
        if window and window.start and window.end and window.start > window.end:
            yield f"[windows.{name}]: it ends before it starts; exchange 'start' and 'end'"
    for number, push in enumerate(campaign.pushes):
        if push.job == "silent-reminder" and not (campaign.silence.remind and campaign.silence.list):
            yield (
                f"pushes.{push.id}: nobody is reminded unless [silence] says 'remind = true', and 'list' is not false; "
                "say so there, or take the push out"
            )
        for other in campaign.pushes[:number]:
            minutes, told = _shared_minutes(push, other), _told_by_both(push, other)
            if push.job == other.job and minutes and told:
                yield (
                    f"pushes.{push.id}: the same job as {other.id!r} at the same minute ({', '.join(minutes)}) to the "
                    f"same ({', '.join(told)}), who would be told once; give one of them another time, or take it out"
                )


def _shared_minutes(push: Push, other: Push) -> list[str]:
    if push.days and other.days and not set(push.days) & set(other.days):
        return []
    minutes = {as_written(at)[:5] for at in other.at}
    return sorted(minute for at in push.at if (minute := as_written(at)[:5]) in minutes)


def _told_by_both(push: Push, other: Push) -> list[str]:
    return sorted({*push.audience, *push.robots} & {*other.audience, *other.robots} - {"robots"})


def did_you_mean(word: str, known: list[str]) -> str:
    """The mend of a word that nobody knows: the nearest that is known, else all of them."""
    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"


def _explain(detail: ErrorDetails, tables: dict[str, Any]) -> list[tuple[str, str]]:
    if not detail["loc"]:
        lines = str(detail["ctx"]["error"]) if "ctx" in detail else detail["msg"]
        return [(_table_of(line), line) for line in lines.splitlines()]
    table, key = _split(detail["loc"], tables)
    return [(str(table[0]) if table else key, f"{_place(table, tables)}: {_mistake(detail, table, key)}")]


def _table_of(line: str) -> str:
    """The table that a line about several begins with: `projects.one.contacts: …`."""
    return line.partition(".")[0].partition(":")[0]


def _mistake(detail: ErrorDetails, table: Location, key: str) -> str:
    if detail["type"] == "extra_forbidden":
        return f"unknown key {key!r}; {did_you_mean(key, sorted(_keys_at(table)))}"
    if detail["type"] == "missing":
        return f"the key {key!r} is missing; add it"
    if detail["type"] == "blank":
        return f"{key!r} is blank; fill it in"
    if detail["type"] == "model_type":
        return f"{key!r} is {_shown(detail['input'])}; it should be a table"
    shown = _shown(detail["input"])
    wanted = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return f"{key!r} is {shown}; it should be {wanted}"


def _shown(value: Any) -> str:
    written = str(value) if isinstance(value, date | time) else repr(value)
    return written if len(written) <= 60 else written[:57] + "..."


def _split(location: Location, tables: dict[str, Any]) -> tuple[Location, str]:
    """The table a mistake is in, and the key in it; a place in a list of values belongs to the list's key."""
    end = len(location) - 1
    while end and not isinstance(_value_at(location[:end], tables), dict):
        end -= 1
    return location[:end], str(location[end])


def _place(table: Location, tables: dict[str, Any]) -> str:
    """A table as the file writes it: `[policy.match]`, `[[projects]] no. 2 (boai-xing)`, `the top of the file`."""
    if not table:
        return "the top of the file"
    names = ".".join(part for part in table if isinstance(part, str))
    if not isinstance(table[-1], int):
        return f"[{names}]"
    values = _value_at(table, tables)
    called = values.get("id") or values.get("name")
    return f"[[{names}]] no. {table[-1] + 1}" + (f" ({called})" if called else "")


def _value_at(location: Location, tables: Any) -> Any:
    for part in location:
        tables = tables[part]
    return tables


def _keys_at(location: Location) -> set[str]:
    """The keys that the schema knows in a table."""
    model: type[BaseModel] = Campaign
    for part in location:
        if isinstance(part, str):
            model = next(_models_in(model.model_fields[part].annotation))
    return set(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
