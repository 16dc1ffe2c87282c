"""A platform that does not answer for itself: few outcomes are lost, the rest wait, and whom it concerns is told."""

import logging
from datetime import timedelta

import pytest
import requests

from bot.wechat.media import Media
from bot.wechat.messages import Messages
from scheduler.alarms import OPERATORS
from scheduler.breakers import RUN
from scheduler.channels import CustomerServiceChannel, Retry, Skip, Unknown
from scheduler.sender import Sender
from storage.models.people import Grant, Membership
from tests.scheduler.conftest import EVENING
from tests.wechat.fake_api import OK, Api

PEOPLE = 12
LATER = timedelta(minutes=6)
STALE = {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}


@pytest.fixture
def crowd(store, town, push):
    """The pushes of one evening, one a person."""
    items = [push(town.person(f"o-{number}").id, number=number) for number in range(PEOPLE)]
    store.outbox.enqueue(items)
    return items


@pytest.fixture
def organizer(store, town):
    person = town.person("o-organizer", wrote=EVENING - timedelta(days=5))
    code = store.people.invite(town.campaign, Grant(role="organizer"), EVENING)
    store.people.bind(town.campaign, town.author(person.id, EVENING), code, Membership())
    return person


@pytest.fixture
def api(database):
    return Api(database)


@pytest.fixture
def messages(api, store):
    return CustomerServiceChannel(Messages(api.client, Media(api.client)), store.pictures)


@pytest.fixture
def minutes_pass(store):
    """Real time goes on as business time does: what stands still did so earlier."""

    def go_on():
        for part, closed in store.database.hgetall(store.keys.closed_parts()).items():
            since, until, why = closed.split(" ", 2)
            earlier = (int(moment) - int(LATER.total_seconds() * 1000) for moment in (since, until))
            store.database.hset(store.keys.closed_parts(), part, " ".join([*map(str, earlier), why]))

    return go_on


def counts(store, campaign):
    return store.outbox.counts(campaign.id)


def test_a_run_without_answers_closes_the_channel_and_the_others_wait(
    store, campaign, crowd, api, messages, minutes_pass
):
    api.transport.answers = [200] * PEOPLE
    sender = Sender(store, [messages])
    sender.drain(EVENING)
    assert len(api.transport.asked) == RUN
    assert counts(store, campaign) == {"unknown": RUN, "queued": PEOPLE - RUN}
    api.transport.answers = []
    minutes_pass()
    sender.drain(EVENING + LATER)
    assert counts(store, campaign) == {"unknown": RUN, "sent": PEOPLE - RUN}
    assert len({asked.json["touser"] for asked in api.transport.asked}) == PEOPLE, "nobody was tried twice"
    assert store.alerts.standing() == []


def test_a_probe_that_gets_no_answer_either_costs_one(store, campaign, crowd, api, messages, minutes_pass):
    api.transport.answers = [requests.ReadTimeout] * PEOPLE
    sender = Sender(store, [messages])
    sender.drain(EVENING)
    minutes_pass()
    sender.drain(EVENING + LATER)
    assert len(api.transport.asked) == RUN + 1


def test_operator_and_organizers_are_told_once(store, town, campaign, crowd, organizer, api, messages, channel, caplog):
    api.transport.answers = [200] * PEOPLE
    robots = channel(name="group_robot", kind="robot")
    sender = Sender(store, [messages, robots])
    for second in range(3):
        sender.drain(EVENING + timedelta(seconds=second))
    (alert,) = store.alerts.standing()
    assert alert.source == "customer_service"
    assert "not JSON" in alert.text
    assert [record.levelno for record in caplog.records if "stands still" in record.message] == [logging.ERROR]
    (told,) = town.mailbox("o-organizer")
    assert "客服消息暂停了" in told
    assert robots.sent == [(OPERATORS, told)]


def test_without_a_token_nobody_is_lost_and_it_is_asked_for_once(
    store, campaign, crowd, api, messages, minutes_pass, caplog
):
    api.transport.token_answer = 200
    sender = Sender(store, [messages])
    sender.drain(EVENING)
    assert api.transport.granted == 1
    assert counts(store, campaign) == {"queued": PEOPLE}
    api.transport.token_answer = None
    minutes_pass()
    sender.drain(EVENING + LATER)
    assert counts(store, campaign) == {"sent": PEOPLE}


def test_two_refused_tokens_do_not_end_the_evening(store, campaign, crowd, api, messages, minutes_pass):
    api.transport.answers = [STALE, STALE]
    sender = Sender(store, [messages])
    sender.drain(EVENING)
    assert counts(store, campaign) == {"queued": PEOPLE}
    (alert,) = store.alerts.standing()
    assert alert.code == 40001
    assert "another server" in alert.mend
    api.transport.answers = [OK]
    minutes_pass()
    sender.drain(EVENING + LATER)
    assert counts(store, campaign) == {"sent": PEOPLE}


def test_who_would_wait_past_the_worth_of_a_push_finds_it_in_the_mailbox(store, town, push, api, messages):
    soon = push(town.person("o-1").id, expires_at=EVENING + timedelta(minutes=2))
    store.outbox.enqueue([soon])
    api.transport.answers = [STALE, STALE]
    Sender(store, [messages]).drain(EVENING)
    assert store.outbox.get(soon.campaign, soon.id).status == "mailbox"


def test_where_nobody_listens_a_few_try_and_all_wait(store, campaign, crowd, channel, minutes_pass):
    deaf = channel(answers=[Retry("no connection (ConnectionError)", after_seconds=10)] * RUN)
    sender = Sender(store, [deaf])
    sender.drain(EVENING)
    assert deaf.tried == RUN
    assert counts(store, campaign) == {"queued": PEOPLE}
    minutes_pass()
    sender.drain(EVENING + LATER)
    assert counts(store, campaign) == {"sent": PEOPLE}


def test_another_channel_takes_what_surely_was_not_sent(store, campaign, crowd, api, messages, channel):
    api.transport.token_answer = 200
    second = channel(name="second")
    Sender(store, [messages, second]).drain(EVENING)
    assert counts(store, campaign) == {"sent": PEOPLE}
    assert len(second.sent) == PEOPLE


def test_an_answer_of_the_platforms_ends_a_run(store, crowd, channel):
    lost = Unknown("no answer")
    Sender(store, [channel(answers=[lost, lost, Skip("her window is closed", 45015), lost, lost])]).drain(EVENING)
    assert store.alerts.standing() == []
