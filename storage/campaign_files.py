"""Read a campaign from one TOML file, or from a folder in which facts stand apart from guesses.

A folder holds `campaign.toml` (the facts), `rulebook.toml` (the answers) and `phrasings.tsv` (how people ask). What
every campaign needs is added from `campaigns/_common`. Every mistake becomes a line that names file, place and mend.
"""

import json
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from storage.campaign_common import common
from storage.campaign_document import Rule
from storage.campaign_findings import contradictions, did_you_mean, findings
from storage.campaign_phrasings import Line, Phrasings, by_entry, parse
from storage.campaign_schema import Campaign

FACTS, RULEBOOK, PHRASINGS = "campaign.toml", "rulebook.toml", "phrasings.tsv"
PARTS = (FACTS, RULEBOOK, PHRASINGS)


class CampaignFileError(Exception):
    """A campaign that cannot be used; `findings` has a line for each mistake, and its text is all of them in one."""

    def __init__(self, *found: str) -> None:
        self.findings = found
        super().__init__(" · ".join(found))


@dataclass(slots=True)
class _Written:
    """What was read so far: the tables, the phrasings of a folder (`name` of a table's file), and what is wrong."""

    name: dict[str, str]
    tables: dict[str, Any]
    phrasings: Phrasings = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def file_of(self, table: str) -> str:
        return self.name.get(table, self.name[""])


def load(path: Path) -> Campaign:
    """The campaign that a file or a folder describes, with what it inherits. Raises CampaignFileError."""
    written = _read_parts(path) if path.is_dir() else _Written({"": path.name}, _toml(path, path.name))
    rules = list(_rules(written))
    found = [*written.found, *_unasked(rules, written), *_covers_nothing(rules, written)]
    try:
        campaign = Campaign.model_validate(written.tables)
    except ValidationError as error:
        lines = [f"{written.file_of(table)}: {line}" for table, line in findings(error, written.tables)]
        raise CampaignFileError(*lines, *found) from error
    found += [f"{written.file_of('')}: {line}" for line in contradictions(campaign)]
    if found:
        raise CampaignFileError(*found)
    return common().complete(campaign.model_copy(update={"rulebook": tuple(rule for _, rule in rules)}))


def whole(path: Path) -> Path:
    """The folder that a path is one part of; any other path itself."""
    return path.parent if path.name in PARTS and (path.parent / RULEBOOK).exists() else path


def read_folder(folder: Path) -> Iterator[tuple[Path, Campaign | CampaignFileError]]:
    """Each campaign of a folder, by name, or what is wrong with it: `*.toml`, and folders that hold one's parts.

    An id belongs to the first that has it. What begins with `_` is no campaign.
    """
    names: dict[str, str] = {}
    for path in sorted(folder.glob("*")):
        if path.name.startswith("_") or not (path.suffix == ".toml" or any((path / part).exists() for part in PARTS)):
            continue
        try:
            campaign = load(path)
        except CampaignFileError as error:
            yield path, error
            continue
        first = names.setdefault(campaign.id, path.name)
        if first == path.name:
            yield path, campaign
        else:
            taken = f"id {campaign.id!r} is already used by {first}; give one file another id"
            yield path, CampaignFileError(f"{path.name}: {taken}")


def as_one_file(path: Path) -> str:
    """A campaign's own text as one TOML file: a file as it is; a folder's facts, then its entries with their phrasings.

    What it inherits is not in it. Raises CampaignFileError.
    """
    if not path.is_dir():
        return _text(path, path.name)
    load(path)
    written = _read_parts(path)
    entries = "".join(
        _table(rule, written.phrasings.get(rule["id"], ())) for rule in written.tables.get("rulebook", ())
    )
    return _text(path / FACTS, FACTS) + entries


def _table(rule: dict[str, Any], asked: tuple[str, ...]) -> str:
    """An entry as TOML; a JSON string or list of strings is one of TOML too."""
    values = {"id": rule["id"], "topic": rule["topic"]} | ({"questions": asked} if asked else {}) | rule
    return "\n[[rulebook]]\n" + "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in values.items())


def _read_parts(folder: Path) -> _Written:
    """A folder's tables together. The phrasings are held against the entries even where a table is wrong."""
    names = {"": f"{folder.name}/{FACTS}", "rulebook": f"{folder.name}/{RULEBOOK}"}
    written = _Written(names, _toml(folder / FACTS, names[""]))
    if written.tables.pop("rulebook", None) is not None:
        written.found.append(f"{names['']}: [[rulebook]] stands here; move it into {RULEBOOK}")
    if (folder / RULEBOOK).exists():
        read = _toml(folder / RULEBOOK, names["rulebook"])
        written.tables["rulebook"] = read.pop("rulebook", [])
        written.found += [f"{names['rulebook']}: {key!r} stands here; move it into {FACTS}" for key in read]
    if (folder / PHRASINGS).exists():
        _read_phrasings(folder, written)
    return written


def _read_phrasings(folder: Path, written: _Written) -> None:
    name, lines = f"{folder.name}/{PHRASINGS}", list(parse(_text(folder / PHRASINGS, f"{folder.name}/{PHRASINGS}")))
    rules = written.tables.get("rulebook", [])
    ids = [str(rule.get("id")) for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
    good = [line for line in lines if isinstance(line, Line)]
    written.phrasings = by_entry(good)
    written.found += [f"{name} {line}" for line in lines if isinstance(line, str)]
    written.found += [
        f"{name} line {line.number}: no entry {line.entry!r} in {RULEBOOK}; {did_you_mean(line.entry, ids)}"
        for line in good
        if line.entry not in ids
    ]


def _rules(written: _Written) -> Iterator[tuple[int, Rule]]:
    """The entries that are sound, by their number in the file, each with all its ways of asking."""
    entries = written.tables.get("rulebook")
    for number, entry in enumerate(entries if isinstance(entries, list) else (), 1):
        with suppress(ValidationError):
            rule = Rule.model_validate(entry)
            asked = dict.fromkeys((*rule.questions, *written.phrasings.get(rule.id, ())))
            yield number, rule.model_copy(update={"questions": tuple(asked)})


def _unasked(rules: list[tuple[int, Rule]], written: _Written) -> Iterator[str]:
    where = f"lines with its id to {PHRASINGS}" if "rulebook" in written.name else "'questions'"
    inherited = common().phrasings
    for number, rule in rules:
        if not rule.questions and not any(inherited.get(entry) for entry in (rule.id, *rule.covers)):
            yield f"{_entry(number, rule, written)}: nobody asks for it; add {where}"


def _covers_nothing(rules: list[tuple[int, Rule]], written: _Written) -> Iterator[str]:
    known = [rule.id for rule in common().entries]
    for number, rule in rules:
        for name in rule.covers:
            if name not in known:
                mend = did_you_mean(name, known)
                yield f"{_entry(number, rule, written)}: 'covers' names no common entry {name!r}; {mend}"


def _entry(number: int, rule: Rule, written: _Written) -> str:
    return f"{written.file_of('rulebook')}: [[rulebook]] no. {number} ({rule.id})"


def _toml(path: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path, name))
    except (ValueError, RecursionError) as error:
        raise CampaignFileError(f"{name}: not valid TOML: {error}; mend that place") from error


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CampaignFileError(f"{name}: cannot be read ({error.strerror}): {path}") from error
    except UnicodeDecodeError as error:
        raise CampaignFileError(f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
