"""The pages without a browser, over the office of the conversations."""

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.settings import Settings
from bot.web import lately
from tests.conversations.conftest import (  # noqa: F401
    Office,
    app,
    erqi,
    office,
    served,
    settings,
    suining,
    webhook,
    zhaotong,
)
from tests.web.visitor import Visitor


@pytest.fixture
def browser(settings: Settings) -> FlaskClient:  # noqa: F811
    return create_app(settings).test_client()


@pytest.fixture
def visitor(office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Visitor:  # noqa: F811
    """Somebody who looks at the pages of this office, and never at what was read for an earlier look."""
    monkeypatch.setattr(lately, "FRESH_SECONDS", -1.0)
    return Visitor(create_app(settings), office)
