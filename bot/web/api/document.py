"""The API's own description, OpenAPI 3.1, written from the models: what is not in a model is not promised."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.web.api.asked import Query
from bot.web.api.models import (
    BulletinAnswer,
    Campaigns,
    Leaderboard,
    Parts,
    Problem,
    TeamAnswer,
    Totals,
)

REF = "#/components/schemas/{model}"
ABOUT = (
    "Figures of the campaigns whose standings are public, for anybody, without a key. Amounts are integer fen, "
    "counts are 人次 (gifts, never people). An answer has an ETag: send it as If-None-Match and get 304 while nothing "
    "has changed; once every five seconds is enough. 429 and 503 say in Retry-After when to come again. What a "
    "campaign does not publish is 404."
)


@dataclass(frozen=True, slots=True)
class Way:
    """One path below the server: what it answers, and whether it takes a query."""

    path: str
    name: str
    summary: str
    answer: type[BaseModel]
    query: bool = False


WAYS = (
    Way("/api/v1/campaigns", "listCampaigns", "The campaigns whose standings are public", Campaigns),
    Way("/api/v1/campaigns/{campaign}", "getTotals", "A campaign's sums", Totals),
    Way("/api/v1/campaigns/{campaign}/leaderboard", "getLeaderboard", "A ranking", Leaderboard, query=True),
    Way("/api/v1/campaigns/{campaign}/regions", "listRegions", "Counties, with their sums", Parts),
    Way("/api/v1/campaigns/{campaign}/projects", "listProjects", "Projects, with their sums", Parts),
    Way("/api/v1/campaigns/{campaign}/teams/{code}", "getTeam", "One team", TeamAnswer),
    Way("/api/v1/campaigns/{campaign}/bulletin", "getBulletin", "The newest bulletin", BulletinAnswer),
)
PATH_PARAMETERS = {
    "campaign": {"description": "The campaign's id.", "schema": {"type": "string"}},
    "code": {"description": "A team's code.", "schema": {"type": "string"}},
}
PROBLEMS = {
    "400": "A parameter is wrong; `detail` says which.",
    "404": "No such thing, or nothing that is public.",
    "429": "Too often; `Retry-After` says when to come again.",
    "503": "Storage is away; `Retry-After` says when to come again.",
}


@cache
def document() -> str:
    """The whole of it as JSON."""
    return json.dumps(as_openapi(), ensure_ascii=False)


def as_openapi() -> Mapping[str, Any]:
    models = sorted({way.answer for way in WAYS} | {Problem}, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "serialization") for model in models], ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Yidui 益队", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": {way.path: {"get": _operation(way)} for way in WAYS},
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(way: Way) -> Mapping[str, Any]:
    named = [name for name in PATH_PARAMETERS if f"{{{name}}}" in way.path]
    parameters = [{"name": name, "in": "path", "required": True, **PATH_PARAMETERS[name]} for name in named]
    if way.query:
        parameters += _query_parameters()
    problems = {status: text for status, text in PROBLEMS.items() if status != "400" or way.query}
    return {
        "operationId": way.name,
        "summary": way.summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": (way.answer.__doc__ or way.summary).strip(),
                "headers": {name: {"schema": {"type": "string"}} for name in ("ETag", "Cache-Control")},
                "content": {"application/json": {"schema": {"$ref": REF.format(model=way.answer.__name__)}}},
            },
            "304": {"description": "As you have it: `If-None-Match` was the ETag of now."},
            **{status: _problem(status, text) for status, text in problems.items()},
        },
    }


def _problem(status: str, text: str) -> Mapping[str, Any]:
    headers = {"Retry-After": {"schema": {"type": "string"}}} if status in ("429", "503") else {}
    content = {"application/problem+json": {"schema": {"$ref": REF.format(model=Problem.__name__)}}}
    return {"description": text, "headers": headers, "content": content}


def _query_parameters() -> list[dict[str, Any]]:
    found = []
    for name, schema in Query.model_json_schema()["properties"].items():
        rule = {key: value for key, value in schema.items() if key not in ("description", "title")}
        found.append({"name": name, "in": "query", "description": schema["description"], "schema": rule})
    return found
