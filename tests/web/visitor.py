"""Somebody without an account who looks at pages and asks the API."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from storage.campaign_settings import Ranking
from tests.conversations.conftest import Office


@dataclass
class Visitor:
    app: Flask
    office: Office

    def get(self, path: str, **headers: str) -> TestResponse:
        """`path` below the board of the office's campaign, or from the root."""
        below = f"/{path}" if path and path[0] != "?" else path
        where = path if path.startswith("/") else f"/board/{self.office.campaign.id}{below}"
        return self.app.test_client().get(where, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def sees(self, path: str = "") -> str:
        shown = self.get(path)
        assert shown.status_code == 200, shown.text
        return shown.text

    def asks(self, path: str, **query: Any) -> Any:
        """What the API says of the office's campaign."""
        answer = self.app.test_client().get(f"/api/v1/campaigns/{self.office.campaign.id}{path}", query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def ranks(self, mode: str, min_unit_size: int = 0, **update: Any) -> None:
        """The campaign's file says so."""
        ranking = Ranking(mode=mode, min_unit_size=min_unit_size)
        self.office.campaign = self.office.campaign.model_copy(update={"ranking": ranking, **update})
        self.office.publish(self.office.campaign)
        campaigns = self.app.extensions["yidui"].campaigns
        campaigns._version = None
        campaigns.look_again()
