"""Read campaign files. Every mistake in one becomes a line that names the file, the table and the mend."""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storage.campaign_schema import Campaign

Location = tuple[int | str, ...]


class CampaignFileError(Exception):
    """A campaign file that cannot be used. Its text is one line for the operator."""


def load(path: Path) -> Campaign:
    """The campaign a file describes. Raises CampaignFileError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CampaignFileError(f"{path.name}: cannot be read ({error.strerror}): {path}") from error
    except UnicodeDecodeError as error:
        raise CampaignFileError(f"{path.name}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CampaignFileError(f"{path.name}: not valid TOML: {error}; mend that place") from error
    try:
        return Campaign.model_validate(tables)
    except ValidationError as error:
        raise CampaignFileError(f"{path.name}: {_explain(error, tables)}") from error


def read_folder(folder: Path) -> Iterator[tuple[Path, Campaign | CampaignFileError]]:
    """Each `*.toml` of a folder, by name, with the campaign it describes or what is wrong with it.

    An id belongs to the first file that has it.
    """
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            campaign = load(path)
        except CampaignFileError as error:
            yield path, error
            continue
        first = files.setdefault(campaign.id, path.name)
        if first == path.name:
            yield path, campaign
        else:
            taken = f"id {campaign.id!r} is already used by {first}; give one file another id"
            yield path, CampaignFileError(f"{path.name}: {taken}")


def _explain(error: ValidationError, tables: dict[str, Any]) -> str:
    """The mistakes as one line; unknown keys first, because a misspelt key also shows as a missing one."""
    details = sorted(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
    rest = f" (and {len(details) - 1} more)" if len(details) > 1 else ""
    return _explain_one(details[0], tables) + rest


def _explain_one(detail: ErrorDetails, tables: dict[str, Any]) -> str:
    if not detail["loc"]:
        return str(detail["ctx"]["error"]) if "ctx" in detail else detail["msg"]
    table, key = _split(detail["loc"], tables)
    place = _place(table, tables)
    if detail["type"] == "extra_forbidden":
        known = sorted(_keys_at(table))
        near = get_close_matches(key, known, n=1)
        mend = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
        return f"{place}: unknown key {key!r}; {mend}"
    if detail["type"] == "missing":
        return f"{place}: the key {key!r} is missing; add it"
    value = repr(detail["input"])
    shown = value if len(value) <= 60 else value[:57] + "..."
    wanted = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if detail["type"] == "string_too_short":
        return f"{place}: {key!r} is blank; fill it in"
    return f"{place}: {key!r} is {shown}; it should be {wanted}"


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
