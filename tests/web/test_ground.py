"""What all pages stand on: two files of others, as they came, and headers that keep a page to itself."""

import csv
import re
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.settings import Settings

WEB = Path(__file__).resolve().parents[2] / "bot/web"
VENDOR = WEB / "static/vendor"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.fixture
def browser(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def test_what_is_of_others_is_as_it_came_and_has_its_licence() -> None:
    with (WEB / "vendored.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    told = {name for row in rows for name in (row["file"], row["licence_file"])}
    assert told == {path.name for path in VENDOR.iterdir()}
    assert {row["file"]: row["sha256"] for row in rows} == {
        row["file"]: sha256((VENDOR / row["file"]).read_bytes()).hexdigest() for row in rows
    }
    for row in rows:
        assert row["version"] in (VENDOR / row["file"]).read_text(encoding="utf-8")
        assert row["npm_integrity"].startswith("sha512-")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_script_no_style_and_no_foreign_address(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|hx-on|js:|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text)


@pytest.mark.parametrize("path", ["/", "/manual", "/static/app.css", "/no-such-page", "/healthz"])
def test_every_answer_keeps_to_itself(browser: FlaskClient, path: str) -> None:
    with browser.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' data:; ")
    assert policy.endswith("frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(settings: Settings) -> None:
    secured = settings.model_copy(update={"public_url": "https://yidui.example.org"})
    told = create_app(secured).test_client().get("/").headers["Strict-Transport-Security"]
    assert told == "max-age=31536000"


def test_a_page_that_is_not_there_says_so_in_chinese(browser: FlaskClient) -> None:
    shown = browser.get("/no-such-page")
    assert shown.status_code == 404
    assert "没有这一页" in shown.text


def test_what_is_asked_for_in_a_wrong_way_is_told_in_chinese(browser: FlaskClient) -> None:
    """A form's address opened by itself, a form of another site, one that is far too long."""
    told = [
        browser.get("/console/zhaotong-2024/teams/several/correct"),
        browser.post("/board/zhaotong-2024"),
        browser.post("/console", data={}, headers={"Sec-Fetch-Site": "cross-site"}),
        browser.post("/console", data={"code": "1" * 9_000}),
    ]
    assert [each.status_code for each in told] == [405, 405, 403, 413]
    assert all("这一页这样打不开" in each.text for each in told)


def test_files_are_kept_for_good_under_the_mark_of_their_content(browser: FlaskClient) -> None:
    page = browser.get("/").text
    (address,) = re.findall(r'href="(/static/app\.css\?v=\w+)"', page)
    with browser.get(address) as marked, browser.get("/static/app.css") as unmarked:
        assert "immutable" in marked.headers["Cache-Control"]
        assert "immutable" not in unmarked.headers["Cache-Control"]
