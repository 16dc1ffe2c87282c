"""Whatever a file holds, it is a campaign or a list of findings; never an exception that reaches the others."""

import json
import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import PACKAGED_CAMPAIGNS
from storage.campaign_files import CampaignFileError, load, read_folder
from storage.campaign_schema import Campaign
from tests.campaigns.test_campaign_files import SOUND

SAMPLES = [
    tomllib.loads(SOUND),
    *(
        tomllib.loads((PACKAGED_CAMPAIGNS / name / "campaign.toml").read_text(encoding="utf-8"))
        for name in ("zhaotong-2024", "suining-2023", "erqi-2020")
    ),
]
PLAIN = st.characters(exclude_categories=["Cs", "Cc"])
junk = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(PLAIN, max_size=8),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.sampled_from(["zhaotong", "one", "items", "top:0", "Asia/", "-", " "]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "name", "parent", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def as_toml(value: Any) -> str:
    """A value inline, as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_toml, value)) + "]"
        case datetime() | date() | time():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return repr(value)


def alike(value: Any) -> st.SearchStrategy[Any]:
    """Something else of the same kind, which a schema may let pass."""
    match value:
        case bool():
            return st.booleans()
        case int():
            return st.integers(0, 10**9)
        case datetime():
            return st.one_of(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.datetimes(datetime(2000, 1, 1)))
        case date():
            return st.dates(date(2000, 1, 1), date(2100, 1, 1))
        case time():
            return st.times()
        case str():
            return st.one_of(st.text(PLAIN, min_size=1, max_size=8), st.sampled_from(["活动", "1", "。", "昭通", "的"]))
    return junk


@st.composite
def spoilt(draw: st.DrawFn, kind: Callable[[Any], st.SearchStrategy[Any]] = lambda _: junk) -> str:
    """A sound file in which one to three places hold something else (`kind`), are gone, or stand twice."""
    tables = deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 3))):
        at: Any = tables
        while isinstance(at, dict | list) and at:
            place = draw(st.sampled_from(list(at)) if isinstance(at, dict) else st.integers(0, len(at) - 1))
            inner = at[place]
            if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 3)) == 0:
                match draw(st.sampled_from(["other", "gone", "twice"])):
                    case "gone":
                        del at[place]
                    case "twice" if isinstance(at, list):
                        at.append(deepcopy(inner))
                    case _:
                        at[place] = draw(kind(inner))
                break
            at = inner
    return "".join(f"{json.dumps(key)} = {as_toml(value)}\n" for key, value in tables.items())


def read(folder: Path, content: bytes) -> Campaign | CampaignFileError:
    (folder / "spoilt.toml").write_bytes(content)
    (folder / "zz.toml").write_text(SOUND.replace("small-2024", "zz"), encoding="utf-8")
    (_, first), (_, other) = read_folder(folder)
    assert isinstance(other, Campaign), "the file beside it"
    if isinstance(first, CampaignFileError):
        assert first.findings
        assert all(finding.startswith("spoilt.toml") and "\n" not in finding for finding in first.findings)
    return first


@settings(max_examples=150, deadline=None)
@given(text=spoilt() | spoilt(alike))
def test_a_spoilt_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    campaign = read(tmp_path_factory.mktemp("f"), text.encode())
    if isinstance(campaign, Campaign):
        assert Campaign.model_validate(json.loads(json.dumps(campaign.model_dump(mode="json")))) == campaign
        for region in campaign.regions:
            assert campaign.region_path(region.id)


@settings(max_examples=100, deadline=None)
@given(start=st.integers(0, len(SOUND)), length=st.integers(0, 40), inserted=st.binary(max_size=12))
def test_a_damaged_file(tmp_path_factory: pytest.TempPathFactory, start: int, length: int, inserted: bytes) -> None:
    sound = SOUND.encode()
    read(tmp_path_factory.mktemp("f"), sound[:start] + inserted + sound[start + length :])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xef\xbb\xbf" + SOUND.encode(),
        b"id = " + b"[" * 100_000,
        b"year = " + b"9" * 10_000,
        SOUND.replace("year = 2024", "year = 99999999999999999999").encode(),
        SOUND.encode() + b'[[rulebook]]\nid = "a"\ntopic = "t"\nanswer = "x"\nquestions = 3\n',
        SOUND.encode() + b"rulebook = 3\n",
        b"rulebook = 3\n" + SOUND.encode(),
        b"policy = []\n",
    ],
    ids=range(10),
)
def test_what_a_slip_or_a_fault_leaves(tmp_path: Path, content: bytes) -> None:
    assert isinstance(read(tmp_path, content), CampaignFileError)


@settings(max_examples=60, deadline=None)
@given(
    part=st.sampled_from(["campaign.toml", "rulebook.toml", "phrasings.tsv"]),
    other=st.one_of(st.none(), st.binary(max_size=30), st.dictionaries(st.sampled_from(["rulebook", "id"]), junk)),
)
def test_a_spoilt_part_of_a_folder(tmp_path_factory: pytest.TempPathFactory, part: str, other: Any) -> None:
    folder = tmp_path_factory.mktemp("f") / "small"
    folder.mkdir()
    entry = '[[rulebook]]\nid = "a"\ntopic = "t"\nanswer = "x"\n'
    sound = {"campaign.toml": SOUND, "rulebook.toml": entry, "phrasings.tsv": "a\t怎么捐\n"}
    for name, text in sound.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert isinstance(load(folder), Campaign)
    if other is None:
        (folder / part).unlink()
    else:
        content = other if isinstance(other, bytes) else "".join(f"{k} = {as_toml(v)}\n" for k, v in other.items())
        (folder / part).write_bytes(content if isinstance(content, bytes) else content.encode())
    ((_, read_back),) = read_folder(folder.parent)
    assert isinstance(read_back, Campaign | CampaignFileError)
