"""Every date and time of a campaign file is on the campaign's own clock, or is refused with file, table and mend."""

import types
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from storage.campaign_files import CampaignFileError, load
from storage.campaign_schema import Campaign
from tests.campaigns.test_campaign_files import SOUND

TABLES = {
    "windows": "[windows.{name}]\n{key} = {value}\n",
    "tasks": '[[tasks]]\nid = "t"\nname = "植树"\nscope = "县"\nunit = "棵"\n{key} = {value}\n',
    "quiet_hours": "[quiet_hours]\n{key} = {value}\n",
    "pushes": '[[pushes]]\nid = "p"\njob = "bulletin"\naudience = ["robots"]\nrobots = ["x"]\n{also}{key} = {value}\n',
    "awards": '[[awards]]\nid = "a"\nname = "奖"\ntop = 1\nby = "growth"\n{key} = {value}\n',
}
"""A table that bears a time, as a file writes it."""
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "America/New_York", "UTC")
LISTS = ("at", "days")


def time_fields() -> list[tuple[str, ...]]:
    """Every field of the schema in which a time may stand, as the names that lead to it."""
    return sorted(set(_in_model(Campaign, ())))


def _in_model(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        yield from _in_annotation(field.annotation, (*path, name))


def _in_annotation(annotation: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield from _in_model(annotation, path)
        elif issubclass(annotation, date | time):
            yield path
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    for each in inner:
        yield from _in_annotation(each, path)


FIELDS = time_fields()


def test_no_field_is_overlooked() -> None:
    """A new field that bears a time has its table here."""
    assert len(FIELDS) == 5 * 3 + 1 + 2 + 2 + 1
    assert {path[0] for path in FIELDS} == TABLES.keys()


def written(path: tuple[str, ...], value: str, zone: str = "Asia/Shanghai") -> str:
    key = path[-1]
    also = "at = [21:00:00]\n" if key == "days" else ""
    shown = f"[{value}]" if key in LISTS else value
    table = TABLES[path[0]].format(name=path[1], key=key, value=shown, also=also)
    return SOUND.replace("[[regions]]", f'timezone = "{zone}"\n[[regions]]', 1) + "\n" + table


def read(folder: Path, path: tuple[str, ...], value: str, zone: str = "Asia/Shanghai") -> tuple[Campaign, Any]:
    file = folder / "small.toml"
    file.write_text(written(path, value, zone), encoding="utf-8")
    told: Any = load(file)
    campaign = told
    for name in path:
        told = getattr(told, name)
        told = told[0] if isinstance(told, tuple) else told
    return campaign, told


def refusal(folder: Path, path: tuple[str, ...], value: str) -> str:
    with pytest.raises(CampaignFileError) as caught:
        read(folder, path, value)
    (finding,) = caught.value.findings
    return finding


MOMENTS = [path for path in FIELDS if path[-1] in ("start", "end", "deadline") and path[0] != "quiet_hours"]
HOURS = [path for path in FIELDS if path[-1] in ("opens", "at") or path[0] == "quiet_hours"]
DAYS = [path for path in FIELDS if path[-1] in ("days", "day")]
moments = st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30)).map(lambda m: m.replace(microsecond=0))


def test_they_are_all_of_one_kind() -> None:
    assert sorted(MOMENTS + HOURS + DAYS) == FIELDS


@given(path=st.sampled_from(MOMENTS), moment=moments, zone=st.sampled_from(ZONES), quoted=st.booleans())
def test_a_moment_without_an_offset_is_of_the_campaigns_zone(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[str, ...], moment: datetime, zone: str, quoted: bool
) -> None:
    value = f'"{moment.isoformat()}"' if quoted else moment.isoformat()
    campaign, told = read(tmp_path_factory.mktemp("f"), path, value, zone)
    assert told == moment.replace(tzinfo=ZoneInfo(zone))
    assert Campaign.model_validate(campaign.model_dump(mode="json")) == campaign, "so it is when it was published"


@given(path=st.sampled_from(MOMENTS), moment=moments, zone=st.sampled_from(ZONES))
def test_a_moment_with_an_offset_is_that_moment(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[str, ...], moment: datetime, zone: str
) -> None:
    _, told = read(tmp_path_factory.mktemp("f"), path, f"{moment.isoformat()}Z", zone)
    assert told == moment.replace(tzinfo=UTC)
    assert told.tzinfo == ZoneInfo(zone)


@given(path=st.sampled_from(MOMENTS), day=st.dates(date(2000, 1, 2), date(2100, 12, 30)), quoted=st.booleans())
def test_a_day_alone_begins_or_lasts(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[str, ...], day: date, quoted: bool
) -> None:
    _, told = read(tmp_path_factory.mktemp("f"), path, f'"{day}"' if quoted else f"{day}")
    assert told.replace(tzinfo=None) == datetime.combine(day, time(0) if path[-1] == "start" else time(23, 59, 59))


@pytest.mark.parametrize("path", FIELDS, ids=".".join)
@pytest.mark.parametrize(
    "value", ["2024", "1.5", "true", '""', '"下周五"', '"5月20日"', "{}", "1900-01-01", "9999-12-31T23:59:59Z", "[[]]"]
)
def test_whatever_is_no_time_is_refused(tmp_path: Path, path: tuple[str, ...], value: str) -> None:
    said = refusal(tmp_path, path, value)
    assert said.startswith("small.toml: [")
    assert f"'{path[-1]}' is " in said
    assert "it should be " in said


@pytest.mark.parametrize("path", HOURS, ids=".".join)
@pytest.mark.parametrize("value", ["2024-05-20", "2024-05-20T21:00:00", '"21:00:00+08:00"', '"21:00Z"', "75600"])
def test_a_time_of_day_has_no_day_and_no_offset(tmp_path: Path, path: tuple[str, ...], value: str) -> None:
    assert "without an offset, such as 21:00:00" in refusal(tmp_path, path, value)


@pytest.mark.parametrize("value", ["2024-05-20T00:00:00", "2024-05-20T00:00:00Z", "21:00:00", '"2024-05-20T00:00"'])
def test_a_day_of_a_push_is_a_day(tmp_path: Path, value: str) -> None:
    assert "a day alone, such as 2024-05-20" in refusal(tmp_path, DAYS[0], value)


@given(path=st.sampled_from(FIELDS), text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12))
def test_any_text_is_a_time_or_refused(
    tmp_path_factory: pytest.TempPathFactory, path: tuple[str, ...], text: str
) -> None:
    value = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    try:
        _, told = read(tmp_path_factory.mktemp("f"), path, value)
    except CampaignFileError:
        return
    assert not isinstance(told, datetime) or told.tzinfo == ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("zone", ["Asia/Shanhai", "", "..", "/etc/passwd", "Asia", "a" * 300, "\\u0000"])
def test_a_zone_that_does_not_exist_is_refused(tmp_path: Path, zone: str) -> None:
    file = tmp_path / "small.toml"
    file.write_text(written(MOMENTS[0], "2024-05-20", zone), encoding="utf-8")
    with pytest.raises(CampaignFileError, match=r"'timezone' is .*it should be a time zone, such as Asia/Shanghai"):
        load(file)
