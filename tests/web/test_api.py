"""The API: what it says is what its document says, what anybody may see and no more, and cheap to ask again."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

from bot.web.api.document import WAYS, as_openapi
from scheduler.bulletins import plan, push_named
from storage.database import StorageUnavailable
from storage.figures import CampaignFigures
from tests.conversations.conftest import HOSPITAL, SCHOOL, Office
from tests.web.test_board import YONGSHAN, reported  # noqa: F401
from tests.web.visitor import Visitor

DOCUMENT = as_openapi()
API = "/api/v1/campaigns"
HERE = f"{API}/zhaotong-2024"


def obeys(answer: TestResponse, path: str) -> TestResponse:
    """Status, headers and body are as the document says of this path."""
    responses = DOCUMENT["paths"][path]["get"]["responses"]
    assert str(answer.status_code) in responses, answer.text
    told = responses[str(answer.status_code)]
    assert "no-store" in answer.headers["Cache-Control"] or "max-age=1" in answer.headers["Cache-Control"]
    if answer.status_code == 304:
        assert answer.data == b""
        return answer
    [(kind, media)] = told["content"].items()
    assert answer.mimetype == kind
    schema = media["schema"] | {"components": DOCUMENT["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(answer.data))
    return answer


def path_of(address: str) -> str:
    """The path of the document that an address is of."""
    parts = address.partition("?")[0].split("/")
    for way in WAYS:
        named = way.path.split("/")
        if len(named) == len(parts) and all(a == b or a.startswith("{") for a, b in zip(named, parts, strict=True)):
            return way.path
    raise AssertionError(address)


def ask(visitor: Visitor, address: str, **headers: str) -> TestResponse:
    return obeys(visitor.get(address, **headers), path_of(address))


def says(visitor: Visitor, address: str) -> Any:
    answer = ask(visitor, address)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.fixture
def everything(reported: Office, visitor: Visitor) -> Visitor:  # noqa: F811
    """The four teams, with a bulletin."""
    visitor.ranks("full")
    now = reported.store.clock.now()
    push = push_named(reported.campaign, "bulletin")
    plan(reported.store, reported.campaign, push, now + timedelta(minutes=1), now)
    return visitor


def test_every_answer_is_as_the_document_says(everything: Visitor) -> None:
    assert says(everything, API)["campaigns"][0]["board"] == "/board/zhaotong-2024"
    totals = says(everything, HERE)
    assert (totals["amount_fen"], totals["donations"], totals["teams"]) == (6_002_457, 1_216, 5)
    assert (totals["match_fen"], totals["floor_fen"]) == (None, None)
    rows = says(everything, f"{HERE}/leaderboard")["rows"]
    assert [(row["rank"], row["code"], row["name"], row["value"]) for row in rows] == [
        (1, "0002", YONGSHAN, 4_567_890),
        (2, "0001", SCHOOL, 1_234_567),
        (3, "0003", YONGSHAN, 100_000),
        (3, "0004", HOSPITAL, 100_000),
    ]
    assert says(everything, f"{HERE}/leaderboard?metric=yesterday")["rows"] == []
    units = says(everything, f"{HERE}/leaderboard?scope=unit&metric=donations")["rows"]
    assert [(row["name"], row["code"], row["project"], row["value"]) for row in units] == [
        (YONGSHAN, None, None, 865),
        (SCHOOL, None, units[1]["project"], 321),
        (HOSPITAL, None, units[2]["project"], 30),
    ]
    regions = says(everything, f"{HERE}/regions")["rows"]
    assert [(r["id"], r["amount_fen"], r["donations"]) for r in regions] == [
        ("yongshan", 4_667_890, 865),
        ("zhaoyang", 1_334_567, 351),
    ]
    assert len(says(everything, f"{HERE}/projects")["rows"]) == 2
    team = says(everything, f"{HERE}/teams/0001")
    assert (team["rank"], team["of"], team["amount_fen"], team["region"]) == (2, 4, 1_234_567, "zhaoyang")
    bulletin = says(everything, f"{HERE}/bulletin")
    assert (bulletin["issue"], bulletin["correction"], bulletin["amount_fen"]) == (1, False, 6_002_457)


def test_a_ranking_is_read_stretch_by_stretch(everything: Visitor) -> None:
    for query, of in (("limit=3", 4), ("limit=1&scope=unit", 3), ("limit=1&scope=region", 2)):
        found, cursor = list[str](), ""
        while cursor is not None:
            answer = says(everything, f"{HERE}/leaderboard?{query}&cursor={cursor}")
            found += [row["name"] for row in answer["rows"]]
            cursor = answer["next"]
        assert len(found) == of
    assert says(everything, f"{HERE}/leaderboard?cursor=99")["rows"] == []


def test_what_is_wrong_is_told_as_a_problem(everything: Visitor) -> None:
    for query, word in (
        ("scope=people", "scope"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=-1", "cursor"),
        ("nonsense=1", "nonsense"),
        ("limit=1&limit=2", "limit"),
        ("limit=many", "要填整数"),
        ("metric=rate", "yesterday"),
        ("region=yongshan&project=x", "只能填一个"),
        ("scope=region&region=yongshan", "只有队伍和单位"),
        ("scope=unit&project=x", "只有队伍可以"),
    ):
        refused = ask(everything, f"{HERE}/leaderboard?{query}")
        assert refused.status_code == 400
        assert word in refused.json["detail"]
    for address in (f"{API}/mars", f"{HERE}/leaderboard?region=mars", f"{HERE}/teams/9999", f"{HERE}/teams/x"):
        assert ask(everything, address).status_code == 404
    posted, unknown = everything.app.test_client().post(HERE), everything.get("/api/v2/anything")
    assert [(each.status_code, each.mimetype) for each in (posted, unknown)] == [
        (405, "application/problem+json"),
        (404, "application/problem+json"),
    ]


@pytest.mark.parametrize("mode", ["own", "off"])
def test_a_closed_ranking_answers_nothing(everything: Visitor, mode: str) -> None:
    everything.ranks(mode)
    for below in ("", "/leaderboard", "/regions", "/projects", "/teams/0001", "/bulletin"):
        assert ask(everything, f"{HERE}{below}").status_code == 404
    assert says(everything, API) == {"campaigns": []}


def test_no_more_is_told_than_a_board_shows(everything: Visitor) -> None:
    everything.ranks("top:1", min_unit_size=10)
    assert [row["code"] for row in says(everything, f"{HERE}/leaderboard")["rows"]] == ["0002"]
    assert says(everything, f"{HERE}/leaderboard?region=zhaoyang")["rows"] == []
    assert len(says(everything, f"{HERE}/regions")["rows"]) == 1
    assert ask(everything, f"{HERE}/teams/0001").status_code == 404
    everything.ranks("full", min_unit_size=10)
    assert ask(everything, f"{HERE}/teams/0003").status_code == 404, "too small"
    assert ask(everything, f"{HERE}/teams/0005").status_code == 404, "it has nothing"


def test_who_has_it_gets_nothing_again(everything: Visitor) -> None:
    below = ("", "/leaderboard", "/regions", "/teams/0001", "/bulletin")
    marks = {path: ask(everything, f"{HERE}{path}").headers["ETag"] for path in below}
    for path, etag in marks.items():
        assert ask(everything, f"{HERE}{path}", If_None_Match=etag).status_code == 304
    everything.office.person("李敏").say("又筹了500")
    for path in below[:-1]:
        assert ask(everything, f"{HERE}{path}", If_None_Match=marks[path]).status_code == 200
    assert ask(everything, f"{HERE}/bulletin", If_None_Match=marks["/bulletin"]).status_code == 304


def test_the_storage_is_away(everything: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise StorageUnavailable("away")

    assert ask(everything, f"{HERE}/leaderboard").status_code == 200
    monkeypatch.setattr(CampaignFigures, "on", away)
    assert ask(everything, f"{HERE}/leaderboard").status_code == 200, "the last good"
    refused = ask(everything, f"{HERE}/leaderboard?limit=7")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")


def test_the_document_and_its_page(visitor: Visitor) -> None:
    assert visitor.get("/api/v1/openapi.json").json == json.loads(json.dumps(as_openapi()))
    page = visitor.get("/api/docs").text
    assert "://" not in page
    for way in WAYS:
        assert way.path in page
    untold = [said for said in descriptions(as_openapi()) if not re.search("[\u4e00-\u9fff]", said)]
    assert untold == [], "it is read in Chinese"


def descriptions(part: object) -> Iterator[str]:
    """Whatever the document says in words, however deep."""
    if isinstance(part, dict):
        yield from (said for name, said in part.items() if name in ("description", "summary") and isinstance(said, str))
        for each in part.values():
            yield from descriptions(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from descriptions(each)
