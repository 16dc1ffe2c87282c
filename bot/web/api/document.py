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
from handlers import texts

REF = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True)
class Way:
    """One path below the server: what it answers, and whether it takes a query."""

    path: str
    name: str
    answer: type[BaseModel]
    query: bool = False


WAYS = (
    Way("/api/v1/campaigns", "listCampaigns", Campaigns),
    Way("/api/v1/campaigns/{campaign}", "getTotals", Totals),
    Way("/api/v1/campaigns/{campaign}/leaderboard", "getLeaderboard", Leaderboard, query=True),
    Way("/api/v1/campaigns/{campaign}/regions", "listRegions", Parts),
    Way("/api/v1/campaigns/{campaign}/projects", "listProjects", Parts),
    Way("/api/v1/campaigns/{campaign}/teams/{code}", "getTeam", TeamAnswer),
    Way("/api/v1/campaigns/{campaign}/bulletin", "getBulletin", BulletinAnswer),
)
IN_PATH = ("campaign", "code")
LEADS: Mapping[str, Mapping[str, Any]] = {
    "getLeaderboard": {
        "getTeam": {
            "operationId": "getTeam",
            "parameters": {"campaign": "$request.path.campaign", "code": "$response.body#/rows/0/code"},
        }
    }
}
"""From which answer to which other way one goes on, by their names: in the words of OpenAPI's links."""


@cache
def document() -> str:
    """The whole of it as JSON."""
    return json.dumps(as_openapi(), ensure_ascii=False)


def as_openapi() -> Mapping[str, Any]:
    models = sorted({way.answer for way in WAYS} | {Problem}, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "serialization") for model in models], ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": texts.api.TITLE, "version": "1", "description": texts.api.ABOUT},
        "servers": [{"url": "/"}],
        "paths": {way.path: {"get": _operation(way)} for way in WAYS},
        "components": {"schemas": {name: _described(name, schema) for name, schema in schemas["$defs"].items()}},
    }


def _described(name: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A model and its fields in the words of those who read of it."""
    fields = {each: {**rule, "description": texts.api.FIELDS[each]} for each, rule in schema["properties"].items()}
    return {**schema, "description": texts.api.MODELS[name], "properties": fields}


def _operation(way: Way) -> Mapping[str, Any]:
    parameters = [_parameter(name, "path", {"type": "string"}) for name in IN_PATH if f"{{{name}}}" in way.path]
    if way.query:
        rules = Query.model_json_schema()["properties"]
        parameters += [_parameter(name, "query", rule) for name, rule in rules.items()]
    problems = {status: text for status, text in texts.api.PROBLEMS.items() if status != "400" or way.query}
    return {
        "operationId": way.name,
        "summary": texts.api.WAYS[way.name],
        "parameters": parameters,
        "responses": {
            "200": {
                "description": texts.api.MODELS[way.answer.__name__],
                "headers": {name: {"schema": {"type": "string"}} for name in ("ETag", "Cache-Control")},
                "content": {"application/json": {"schema": {"$ref": REF.format(model=way.answer.__name__)}}},
                "links": LEADS.get(way.name, {}),
            },
            "304": {"description": texts.api.UNCHANGED},
            **{status: _problem(status, text) for status, text in problems.items()},
        },
    }


def _problem(status: str, text: str) -> Mapping[str, Any]:
    headers = {"Retry-After": {"schema": {"type": "string"}}} if status in ("429", "503") else {}
    content = {"application/problem+json": {"schema": {"$ref": REF.format(model=Problem.__name__)}}}
    return {"description": text, "headers": headers, "content": content}


def _parameter(name: str, place: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    needed = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, **needed, "description": texts.api.PARAMETERS[name], "schema": _untitled(rule)}


def _untitled(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    """A rule without the name that pydantic makes of the field's."""
    return {word: value for word, value in rule.items() if word != "title"}
