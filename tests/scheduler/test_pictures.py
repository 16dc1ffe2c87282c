"""The painter: each picture once, who wishes for it meanwhile is told, and one that cannot be drawn holds up none."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from handlers.notices import notification
from handlers.pictures import poster_of
from scheduler import bulletins
from scheduler.channels import GroupRobotChannel, Retry
from scheduler.pictures import Painter
from scheduler.sender import Sender
from storage.pictures import Picture

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def drawn(monkeypatch):
    """What is drawn, without drawing it."""
    made = []
    monkeypatch.setattr("scheduler.pictures.bulletin_poster", lambda edition, *_: made.append(edition) or b"PNG")
    return made


@pytest.fixture
def issue(store, campaign):
    """The poster of one issue, which its plan wished for."""
    bulletins.plan(store, campaign, bulletins.push_named(campaign, "bulletin"), EVENING, EVENING)
    return poster_of(store.snapshots.newest(campaign.id), campaign)


def paint(painter):
    """Let it draw all that is wanted; 1 where anything was."""
    begun = painter.tick()
    painter.wait()
    return begun


def told(campaign, n):
    return notification(f"{campaign.id}:w{n}", campaign, "picture", f"p-{n}", "海报", EVENING)


def test_once_a_snapshot_and_everybody_is_told(store, campaign, issue, drawn):
    uploaded = []
    painter = Painter(store, "", lambda png: uploaded.append(png) or "media-1")
    store.pictures.want(issue, [told(campaign, 1)])
    store.pictures.want(issue, [told(campaign, 2)])
    paint(painter)
    assert len(drawn) == len(uploaded) == 1
    assert (store.pictures.content(campaign.id, issue.name), store.pictures.media(issue)) == (b"PNG", "media-1")
    waits = {delivery.notification.id for delivery in store.outbox.list(campaign.id)}
    assert {f"{campaign.id}:w1", f"{campaign.id}:w2"} <= waits
    assert f"{campaign.id}:picture:2024-05-07T21:00:1:robot-zhibanqun:picture" in waits
    store.pictures.want(issue, [told(campaign, 3)])
    assert paint(painter) == 1
    assert paint(painter) == 0
    assert len(drawn) == 1


def test_who_wishes_while_it_is_settled_is_not_forgotten(store, campaign, issue, drawn, monkeypatch):
    painter, settle, late = Painter(store, "", None), type(store.pictures).settle, [told(campaign, 9)]

    def settle_late(pictures, picture, count):
        if late:
            pictures.want(picture, [late.pop()])
        settle(pictures, picture, count)

    monkeypatch.setattr(type(store.pictures), "settle", settle_late)
    paint(painter)
    assert f"{campaign.id}:w9" in {delivery.notification.id for delivery in store.outbox.list(campaign.id)}


def test_what_cannot_be_drawn_is_told_to_the_operator_and_holds_up_nothing(store, campaign, issue, drawn):
    store.pictures.settle(issue, 9)
    gone = Picture(campaign=campaign.id, kind="bulletin", of="bulletin:2024-01-01T21:00:1")
    for picture in (Picture(campaign="no-such", kind="bulletin", of="x"), gone, issue):
        store.pictures.want(picture, [told(campaign, 1)] if picture == gone else [])
    painter = Painter(store, "", None)
    paint(painter)
    assert len(drawn) == 1
    assert [alert.source for alert in store.alerts.standing()] == [f"campaign {campaign.id}"]
    assert f"{campaign.id}:w1" not in {delivery.notification.id for delivery in store.outbox.list(campaign.id)}


def test_a_group_whose_picture_cannot_be_drawn_is_owed_a_reason(store, campaign, issue, drawn, channel, monkeypatch):
    def fails(*_):
        raise ValueError("a rule that breaks")

    monkeypatch.setattr("scheduler.pictures.bulletin_poster", fails)
    paint(Painter(store, "", None))
    api = SimpleNamespace(send_text=lambda *_: None, send_markdown_v2=lambda *_: None, send_image=lambda *_: None)
    robots = GroupRobotChannel(api, {"zhibanqun": "key"}, store.pictures)
    Sender(store, [robots, channel()]).drain(EVENING)
    copy = store.outbox.get(campaign.id, f"{campaign.id}:picture:2024-05-07T21:00:1:robot-zhibanqun:picture")
    assert (copy.status, copy.reason) == ("failed", "the picture is not kept any more")


def test_an_upload_that_fails_rests_and_the_picture_is_there(store, campaign, issue, drawn):
    tries = []

    def busy(png):
        tries.append(png)
        raise Retry("busy", 45009, after_seconds=1)

    painter = Painter(store, "", busy)
    paint(painter)
    dark = issue.model_copy(update={"theme": "dark"})
    store.pictures.want(dark)
    paint(painter)
    assert len(tries) == 1
    assert store.pictures.is_drawn(dark)
    assert [(alert.source, alert.code) for alert in store.alerts.standing()] == [("media", 45009)]


def test_an_address_stands_for_one_picture(store, issue):
    token = store.pictures.token(issue)
    assert store.pictures.token(issue) == token
    assert store.pictures.behind(token) == issue
    assert store.pictures.behind("nobody-knows-it") is None
    assert store.pictures.behind("../x") is None


def test_a_bulletin_comes_before_the_cards_and_a_crowd_is_told_so(store, campaign, issue, drawn, monkeypatch):
    store.pictures.settle(issue, 9)
    card = Picture(campaign=campaign.id, kind="team", of="0001@1")
    store.pictures.want(card)
    store.pictures.want(issue)
    assert store.pictures.wanted() == issue
    assert not store.pictures.crowded()
    monkeypatch.setattr("storage.pictures.MOST_WANTED", 2)
    assert store.pictures.crowded()
    store.pictures.keep(card, b"PNG")
    assert 0 < store.database.ttl(store.keys.picture(campaign.id, card.name)) <= 300
