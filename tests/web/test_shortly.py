"""Within the second everybody gets what the first was given; nothing of one person's is given to another."""

import pytest
from flask.testing import FlaskClient

from bot.web import lately
from bot.web.sights import Sights
from storage.campaign_settings import Ranking
from tests.conversations.conftest import SCHOOL, Office

BOARD, API = "/board/zhaotong-2024", "/api/v1/campaigns/zhaotong-2024"


@pytest.fixture
def looked(office: Office, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was looked at through the whole application, while a second lasts as long as the test."""
    office.publish(office.campaign.model_copy(update={"ranking": Ranking(mode="full")}))
    office.captain("李敏", SCHOOL).say("进度 12345.67元 321人次")
    monkeypatch.setattr(lately, "FRESH_SECONDS", 60.0)
    looked, whole = list[str](), Sights.look

    def counted(self: Sights, campaign: str, *asked: object) -> object:
        looked.append(campaign)
        return whole(self, campaign, *asked)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Sights, "look", counted)
    return looked


def test_it_is_given_again(browser: FlaskClient, looked: list[str]) -> None:
    for address in (f"{BOARD}/live?scope=unit", f"{BOARD}/screen", BOARD, f"{API}/leaderboard"):
        before = len(looked)
        first = browser.get(address)
        once = len(looked) - before
        again = browser.get(address)
        assert (again.status_code, again.data, dict(again.headers)) == (200, first.data, dict(first.headers))
        for etag in (first.headers["ETag"], first.headers["ETag"].removeprefix("W/")):
            seen = browser.get(address, headers={"If-None-Match": etag})
            assert (seen.status_code, seen.data, seen.headers["ETag"]) == (304, b"", first.headers["ETag"])
            assert "Content-Length" not in seen.headers
            assert "Content-Security-Policy" in seen.headers
        assert len(looked) == before + once, address
        assert browser.get(address, headers={"Host": "other.example.org"}).status_code == 200
        assert len(looked) > before + once, "another host is another page"


def test_who_has_it_already_does_not_keep_it_from_others(browser: FlaskClient, looked: list[str]) -> None:
    etag = browser.get(f"{BOARD}/live?page=1").headers["ETag"]
    assert browser.get(f"{BOARD}/live?page=1&", headers={"If-None-Match": etag}).status_code == 304
    assert browser.get(f"{BOARD}/live?page=1&", headers={"If-None-Match": etag}).status_code == 304
    whole = browser.get(f"{BOARD}/live?page=1&")
    assert (whole.status_code, SCHOOL in whole.text) == (200, True)


def test_what_is_one_persons_is_never_kept(browser: FlaskClient, looked: list[str]) -> None:
    address = f"{BOARD}/search?region=zhaoyang&q=学"
    waits = [browser.get(address).status_code for _ in range(31)]
    assert waits[-1] == 429, "each search is counted"
    assert browser.get(f"{BOARD}/live?scope=people").status_code == 404
    assert browser.post(f"{BOARD}/live").status_code == 405
    assert browser.head(f"{BOARD}/live").data == b""


def test_no_more_is_kept_than_fits(browser: FlaskClient, looked: list[str]) -> None:
    for page in range(1, 140):
        assert browser.get(f"{BOARD}/live?page={page}").status_code == 200
    assert browser.get(f"{BOARD}/live?page=139").status_code == 200
