"""The public board: what everybody may see and no more, live by conditional requests, and kept while Redis is away."""

import re
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import create_app
from bot.settings import Settings
from bot.web import board, lately
from storage.boards import Boards
from storage.campaign_files import load
from storage.campaign_settings import Board, Ranking
from storage.database import StorageUnavailable, connect
from storage.embedded import ensure
from storage.figures import CampaignFigures
from storage.store import open_store
from tests.conversations.conftest import CAMPAIGNS, HOSPITAL, SCHOOL, Office
from tests.web.visitor import Visitor

PAGES = ("", "live", "screen", "screen/live", "embed", "embed/live", "search?region=yongshan&q=x", "qr.svg", "qr.png")
YONGSHAN = "永善县人民医院"


@pytest.fixture
def reported(office: Office) -> Office:
    """Four teams with figures (two of one unit, two level), and one that has said nothing."""
    office.captain("李敏", SCHOOL).say("进度 12345.67元 321人次")
    office.captain("王强", YONGSHAN, "永善县", "博爱昭通行").say("进度 45678.90元 856人次")
    office.captain("周红", YONGSHAN, "永善县", "童享阳光").say("进度 1000元 9人次")
    office.captain("赵静", HOSPITAL).say("进度 1000元 30人次")
    office.captain("孙默", "昭通市林业和草原局")
    return office


def names(page: str) -> list[tuple[str, str]]:
    """(rank, name) of every line."""
    found = re.findall(r'class="rank figure">.*?</span>(\d+)<.*?class="name[^"]*"[^>]*>([^<]+)<', page, re.DOTALL)
    return [(rank, name) for rank, name in found]


def test_totals_target_and_rankings(reported: Office, visitor: Visitor) -> None:
    visitor.ranks("full")
    organizer = reported.coordinator("何主任", role="organizer")
    assert organizer.say("目标 保 50000 争 100000").startswith("已定")
    page = visitor.sees()
    for said in ("60,024.57", "1,216", "完成120%", "完成60%", "截至 <time", "捐赠自愿：", "口径：由各队上报"):
        assert said in page
    assert names(page) == [("1", YONGSHAN), ("2", SCHOOL), ("3", YONGSHAN), ("3", HOSPITAL)]
    assert "林业和草原局" not in page
    assert names(visitor.sees("?scope=unit")) == [("1", YONGSHAN), ("2", SCHOOL), ("3", HOSPITAL)]
    assert "46,678.90元" in visitor.sees("?scope=unit")
    assert names(visitor.sees("?scope=region")) == [("1", "永善县"), ("2", "昭阳区")]
    assert names(visitor.sees("?scope=project&metric=donations"))[0] == ("1", "博爱昭通行")
    assert "865人次" in visitor.sees("?scope=unit&metric=donations")
    assert names(visitor.sees("?metric=today&region=yongshan")) == [("1", YONGSHAN), ("2", YONGSHAN)]
    assert names(visitor.sees("?scope=unit&region=yongshan")) == [("1", YONGSHAN)]
    assert names(visitor.sees("?scope=unit&region=zhaoyang")) == [("1", SCHOOL), ("2", HOSPITAL)]
    project = reported.team(HOSPITAL).project
    assert names(visitor.sees(f"?project={project}")) == [("1", SCHOOL), ("2", HOSPITAL)]
    assert reported.sound()


def test_yesterday_and_units_that_move(reported: Office, visitor: Visitor) -> None:
    """What came in on the day before stands the day after; a unit's sum in a county goes where its teams go."""
    visitor.ranks("full")
    reported.go_to("2024-04-21T09:00")
    reported.person("李敏").say("进度 13000元 330人次")
    assert names(visitor.sees("?metric=today")) == [("1", SCHOOL)]
    assert names(visitor.sees("?metric=yesterday&scope=unit")) == [("1", YONGSHAN), ("2", SCHOOL), ("3", HOSPITAL)]
    assert "12,345.67元" in visitor.sees("?metric=yesterday&region=zhaoyang")
    li = reported.person("李敏")
    assert "昨日新增" in li.say("昨日榜")
    assert "昨日新增" in li.say("昨天的排行")
    assert "昨日新增" in li.say("昨天的排名情况")
    zhao = reported.coordinator("赵老师", "")
    assert zhao.say("移区 0002 昭阳区").startswith("已移区")
    assert names(visitor.sees("?scope=unit&region=yongshan")) == [("1", YONGSHAN)]
    assert [name for _, name in names(visitor.sees("?scope=unit&region=zhaoyang"))] == [YONGSHAN, SCHOOL, HOSPITAL]
    assert "1,000.00元" in visitor.sees("?scope=unit&region=yongshan")
    zhao.say("撤销")
    assert zhao.say("确认").startswith("已撤销")
    assert "46,678.90元" in visitor.sees("?scope=unit&region=yongshan")
    assert reported.sound()


@pytest.mark.parametrize("mode", ["own", "off"])
def test_a_closed_ranking_has_no_page_at_all(reported: Office, visitor: Visitor, mode: str) -> None:
    visitor.ranks(mode)
    for path in PAGES:
        shown = visitor.get(path)
        assert (shown.status_code, SCHOOL in shown.text) == (404, False), path


def test_no_page_of_what_is_not_there(visitor: Visitor, office: Office) -> None:
    visitor.ranks("full")
    for path in ("?scope=people", "?metric=silence", "?region=mars", "?project=none", "?page=x", "/board/nothing"):
        assert visitor.get(path).status_code == 404, path
    assert "还没有上报" in visitor.sees()


def test_small_ones_and_those_beyond_the_first_are_not_named(reported: Office, visitor: Visitor) -> None:
    visitor.ranks("full", min_unit_size=10)
    page = visitor.sees()
    assert names(page) == [("1", YONGSHAN), ("2", SCHOOL), ("3", HOSPITAL)]
    assert "另有1支队伍不到10人次" in page
    visitor.ranks("top:1")
    assert names(visitor.sees()) == [("1", YONGSHAN)]
    assert "本次活动只公布前1名" in visitor.sees()
    assert names(visitor.sees("?region=zhaoyang")) == []
    assert names(visitor.sees("?scope=unit")) == [("1", YONGSHAN)]
    assert names(visitor.sees("?scope=unit&metric=today&page=2")) == []
    assert names(visitor.sees("?scope=unit&region=zhaoyang")) == []
    assert names(visitor.sees("?scope=unit&region=yongshan")) == [("1", YONGSHAN)]
    assert names(visitor.sees("search?region=zhaoyang&q=中学")) == []
    visitor.ranks("full", min_unit_size=10)
    assert names(visitor.sees("search?region=zhaoyang&q=中学")) == [("2", SCHOOL)]
    assert names(visitor.sees("search?region=yongshan&q=医院")) == [("1", YONGSHAN)]
    assert names(visitor.sees("search?region=zhaoyang&q=林业")) == []


def test_pages_of_a_long_ranking(reported: Office, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.ranks("full")
    monkeypatch.setattr(board, "PAGE", 3)
    first, second = visitor.sees(), visitor.sees("?page=2")
    assert [len(names(first)), len(names(second))] == [3, 1]
    assert names(second) == [("3", HOSPITAL)]
    assert "第 2 / 2 页，共 4 名" in second
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_who_has_seen_it_is_told_so(reported: Office, visitor: Visitor) -> None:
    """A figure, a rename and a new version of the file each make another page; nothing else does."""
    visitor.ranks("full")
    shown = visitor.get("live")
    etag = shown.headers["ETag"]
    assert f'"If-None-Match": "W/\\"{etag[3:-1]}\\""' in shown.text
    again = visitor.get("live", If_None_Match=etag)
    assert (again.status_code, again.text, again.headers["Cache-Control"]) == (304, "", "public, max-age=1")
    reported.wait(seconds=5)
    later = visitor.get("live", If_None_Match=etag)
    assert later.status_code == 304
    assert later.headers["X-As-Of"] > shown.headers["X-As-Of"]
    reported.person("李敏").say("又筹了500")
    changed = visitor.get("live", If_None_Match=etag)
    assert changed.status_code == 200
    visitor.ranks("top:2")
    assert visitor.get("live", If_None_Match=changed.headers["ETag"]).status_code == 200
    reported.go_to("2024-04-21T00:01")
    assert "0.00元" in visitor.sees("live"), "today is another day"


def test_rankings_are_read_only_where_something_was_written(
    reported: Office, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.ranks("full")
    shown, read = visitor.get("live?scope=unit"), list[str]()
    whole = Boards.stretch_of_units

    def counted(*given: Any, **named: Any) -> Any:
        read.append("units")
        return whole(*given, **named)

    monkeypatch.setattr(Boards, "stretch_of_units", counted)
    reported.wait(seconds=5)
    again = visitor.get("live?scope=unit")
    assert (names(again.text), read) == (names(shown.text), [])
    assert again.headers["X-As-Of"] > shown.headers["X-As-Of"]
    reported.person("李敏").say("又筹了50000")
    assert names(visitor.sees("live?scope=unit"))[0] == ("1", SCHOOL)
    assert read == ["units"]


def test_the_last_good_figures_stay_while_the_database_is_away(
    reported: Office, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.ranks("full")
    assert "stale" not in visitor.sees()

    def away(*_: object, **__: object) -> None:
        raise StorageUnavailable("away")

    with monkeypatch.context() as broken:
        broken.setattr(CampaignFigures, "on", away)
        assert "60,024.57" in visitor.sees()
        assert visitor.get("?scope=unit").status_code == 503, "nobody has looked at it before"
        hours = lately.monotonic() + 31
        broken.setattr(lately, "monotonic", lambda: hours)
        late = visitor.get("")
        assert "60,024.57" in late.text
        assert "moment stale" in late.text
        assert int(late.headers["Age"]) >= 30
    assert "stale" not in visitor.sees()


def test_the_server_beneath_is_gone(tmp_path: Path, settings: Settings) -> None:
    """Not a fault that is played: the database has ended."""
    redis = ensure(tmp_path)
    store = open_store(connect(redis.url), "yd", "rehearsal")
    campaign = load(CAMPAIGNS / "zhaotong-2024").model_copy(update={"ranking": Ranking(mode="full")})
    store.campaigns.publish(campaign, store.clock.now())
    visitor = create_app(settings.model_copy(update={"redis_url": SecretStr(redis.url)})).test_client()
    assert visitor.get(f"/board/{campaign.id}").status_code == 200
    store.database.close()
    redis.stop()
    sleep(lately.FRESH_SECONDS)
    began = monotonic()
    for _ in range(5):
        kept = visitor.get(f"/board/{campaign.id}")
        assert (kept.status_code, "累计筹款" in kept.text) == (200, True)
        assert visitor.get(f"/board/{campaign.id}?scope=unit").status_code == 503
        assert visitor.get("/").status_code == 200
    assert monotonic() - began < 3


def test_searching_has_a_limit_for_each_address(reported: Office, visitor: Visitor) -> None:
    visitor.ranks("full")
    for _ in range(board.SEARCHES):
        assert visitor.get("search?region=yongshan&q=医院", X_Real_IP="192.0.2.7").status_code == 200
    refused = visitor.get("search?region=yongshan&q=医院", X_Real_IP="192.0.2.7")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert YONGSHAN not in refused.text
    assert visitor.get("search?region=yongshan&q=医院", X_Real_IP="192.0.2.8").status_code == 200


def test_only_the_sites_of_the_file_may_frame_it(reported: Office, visitor: Visitor) -> None:
    visitor.ranks("full")
    assert visitor.get("embed").headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    visitor.ranks("full", board=Board(embed=("https://www.zt.gov.cn",)))
    assert visitor.get("embed").headers["Content-Security-Policy"].endswith("frame-ancestors https://www.zt.gov.cn")
    assert visitor.get("").headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_the_code_leads_to_the_board(reported: Office, visitor: Visitor) -> None:
    visitor.ranks("full")
    drawing, picture = visitor.get("qr.svg"), visitor.get("qr.png")
    assert (drawing.mimetype, picture.mimetype) == ("image/svg+xml", "image/png")
    assert "http://localhost/board/zhaotong-2024" in visitor.sees()


def test_the_screen_shows_every_face_and_its_turn_without_a_script(reported: Office, visitor: Visitor) -> None:
    visitor.ranks("full")
    page = visitor.sees("screen")
    assert re.findall(r'data-face="(\w+)"', page) == ["team", "region", "project"]
    assert "face-team rows-4" in page
    assert 'content="15;url=/board/zhaotong-2024/screen?face=region"' in page
    assert 'data-show="region"' in visitor.sees("screen?face=region")
    assert 'data-show="team"' in visitor.sees("screen?face=nonsense")


def test_a_campaign_that_counts_items_shows_items(suining: Office, visitor: Visitor) -> None:
    items = suining.store.campaigns.get("suining-2023").model_copy(update={"ranking": Ranking(mode="full")})
    suining.publish(items)
    address = f"/board/{items.id}"
    assert "还没有上报" in visitor.sees(address)
    assert suining.person("何协调").say("进度 船山区 推出慈善项目 3个").startswith("已记录")
    for page in (address, f"{address}/screen", f"{address}/embed"):
        shown = visitor.sees(page)
        assert "船山区3个" in shown
        assert "累计筹款" not in shown
        assert "口径：按各地上报的累计件数" in shown
    told = visitor.get(f"/api/v1/campaigns/{items.id}").json["items"]
    assert told == [{"task": "projects", "region": "chuanshan", "count": 3}]


def test_the_first_page_leads_to_the_boards_that_are_public(office: Office, visitor: Visitor) -> None:
    visitor.ranks("full")
    assert '<a href="/board/zhaotong-2024">' in visitor.sees("/")
    visitor.ranks("off")
    assert "/board/zhaotong-2024" not in visitor.sees("/")
    visitor.ranks("full", practice=True)
    assert "/board/zhaotong-2024" not in visitor.sees("/")
    assert '<span class="practice">演练</span>' in visitor.sees()
