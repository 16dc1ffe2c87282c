"""The contract of every channel in the table: whom it reaches, what it raises, and what the sender makes of it."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

import pytest

from scheduler.channels import (
    CHANNELS,
    Apis,
    CustomerServiceChannel,
    Paced,
    Park,
    Recipient,
    Retry,
    Skip,
    Unknown,
    Window,
    open_channels,
)
from scheduler.ladder import ROBOT_PLACES
from scheduler.sender import Sender
from storage.campaign_settings import Hook
from storage.credits import Credits
from storage.database import StorageUnavailable

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))
WINDOW = Window(5, EVENING + timedelta(hours=40))
PERSON = Recipient("person", person_id="p", openid="o-1")
ROBOT = Recipient("robot", robot="zhibanqun")
REACHED = {
    "customer_service": replace(PERSON, window=WINDOW),
    "subscription_notice": replace(PERSON, openid="o-consented"),
    "template_message": replace(PERSON, openid="o-2"),
    "mass": Recipient("everyone"),
    "group_robot": ROBOT,
    "hook": Recipient("hook", hook="partner", address="https://partner.example.org/told"),
}
JOBS = {
    "customer_service": "test",
    "subscription_notice": "noticed",
    "template_message": "templated",
    "mass": "mass",
    "group_robot": "test",
    "hook": "test",
}


@dataclass
class Api:
    """Both APIs in one: it keeps what it was told, or fails."""

    failure: Exception | None = None
    told: list[tuple[str, object]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def send_text(self, address: str, text: str) -> None:
        self._take(address, text)

    def template_fields(self, template: str) -> tuple[str, ...]:
        return ("thing1", "time2")

    notice_fields = template_fields

    def send_template(self, openid: str, template: str, values: dict[str, str], message_id: str) -> str:
        self.ids.append(message_id)
        return self._take(openid, values["thing1"])

    def send_notice(self, openid: str, template: str, values: dict[str, str]) -> str:
        return self._take(openid, values["thing1"])

    def send_mass(self, tag: int | None, text: str, message_id: str) -> str:
        self.ids.append(message_id)
        return self._take("", text)

    def post(self, address: str, body: bytes, headers: dict[str, str]) -> None:
        self._take(address, body.decode())

    def _take(self, address: str, said: str) -> str:
        self.told.append((address, said))
        if self.failure:
            raise self.failure
        return f"msg-{len(self.told)}"


@pytest.fixture
def api():
    return Api()


@pytest.fixture
def credits(store):
    ledger = Credits(store.database, store.keys)
    ledger.hear("o-consented", "e0", [("accept", "notice-id")])
    return ledger


@pytest.fixture
def apis(api, credits, store):
    return Apis(
        account=api,
        robot=api,
        credits=credits,
        pictures=store.pictures,
        hook=api,
        robots={"zhibanqun": "secret-key"},
        hooks={"partner": "a-secret"},
        templates={"templated": "template-id", "bulletin": "template-id"},
        notices={"noticed": "notice-id"},
    )


@pytest.fixture(params=[entry.name for entry in CHANNELS])
def each(request, apis):
    """Every channel of the table; one without a recipient in REACHED fails here."""
    return next(e for e in CHANNELS if e.name == request.param).make(apis)


@pytest.fixture
def to_each(each, push):
    """A push that this channel takes."""
    return push(person="p", job=JOBS[each.name], text="战报 1")


def test_names_are_unique_and_those_of_the_channels(apis):
    names = [entry.name for entry in CHANNELS]
    assert len(set(names)) == len(names)
    assert [entry.make(apis).name for entry in CHANNELS] == names


def test_it_reaches_its_own_kind_only(each, to_each):
    assert each.accepts(REACHED[each.name], to_each, EVENING)
    assert each.accepts(ROBOT, to_each, EVENING) == (each.name == "group_robot")
    assert not each.accepts(Recipient("robot", robot="nobody"), to_each, EVENING)


def test_a_person_without_window_consent_or_template_is_out_of_reach(each, push):
    assert not each.accepts(PERSON, push(person="p"), EVENING)


def test_it_says_the_text_once_and_passes_every_failure_on(each, to_each, api, credits):
    each.send(REACHED[each.name], to_each)
    assert [said for _, said in api.told] == ["战报 1"]
    for failure in (Skip("s"), Retry("r", after_seconds=1), Park("p"), Unknown("u")):
        credits.hear("o-consented", str(failure), [("accept", "notice-id")])
        api.failure = failure
        with pytest.raises(type(failure)):
            each.send(REACHED[each.name], to_each)


@pytest.mark.parametrize(
    ("failure", "person_then", "robot_then"),
    [
        (None, "sent", "sent"),
        (Skip("no", 43004), "mailbox", "failed"),
        (Retry("busy", after_seconds=1), "queued", "queued"),
        (Park("closed"), "mailbox", "queued"),
        (Unknown("no answer"), "unknown", "unknown"),
    ],
)
def test_what_the_sender_makes_of_it(store, town, push, each, api, credits, failure, person_then, robot_then):
    api.failure = failure
    robot = REACHED[each.name].kind != "person"
    town_person = town.person("o-consented")
    item = push(town_person.id, job=JOBS[each.name])
    if each.name == "group_robot":
        item = push(robot="zhibanqun")
    elif each.name == "mass":
        item = push(job="mass")
    elif each.name == "hook":
        hook = Hook(name="partner", url="https://partner.example.org/told", events=("totals",))
        store.campaigns.publish(town.campaign.model_copy(update={"hooks": (hook,)}), EVENING)
        item = push(hook="partner")
    store.outbox.enqueue([item])
    Sender(store, [each]).drain(EVENING)
    then = robot_then if robot else person_then
    if each.repeat_safe and then == "unknown":
        then = "queued"
    assert store.outbox.get(item.campaign, item.id).status == then
    assert len(api.told) == 1


def test_only_customer_service_spends_the_window(store, town, push, each, api):
    person = town.person("o-consented")
    store.outbox.enqueue([push(person.id, robot="", job=JOBS[each.name])])
    Sender(store, [each]).drain(EVENING)
    left = store.windows.open(["o-consented"], EVENING)["o-consented"].messages_left
    assert left == (4 if each.name == "customer_service" else 5)


@pytest.mark.parametrize(
    ("account", "names"),
    [
        ("unverified_subscription", ["group_robot", "hook"]),
        ("verified_subscription", ["customer_service", "mass", "group_robot", "hook"]),
        (
            "verified_service",
            ["customer_service", "subscription_notice", "template_message", "mass", "group_robot", "hook"],
        ),
    ],
)
def test_the_kind_of_account_decides_which_channels_exist(apis, account, names):
    assert [channel.name for channel in open_channels(account, apis)] == names


def test_robot_keys_do_not_show(apis):
    assert "secret-key" not in repr(apis)


# --- one robot by two names -----------------------------------------------------------------------------------


@pytest.fixture
def shared(apis):
    """One group's robot, which two campaign files call by names of their own, and another group's."""
    robots = {"zhibanqun": "one-key", "gongzuoqun": "one-key", "other": "another-key"}
    return next(e for e in CHANNELS if e.name == "group_robot").make(replace(apis, robots=robots))


def test_a_robot_of_two_names_has_one_minute(store, campaign, push, shared, api):
    """WeCom counts by the key, twenty a minute, whatever we call it; the other group's robot has its own."""
    names = ("zhibanqun", "gongzuoqun", "other")
    store.outbox.enqueue([push(robot=name, number=number) for number in range(15) for name in names])
    Sender(store, [shared]).drain(EVENING)
    said = Counter(key for key, _ in api.told)
    assert said == {"one-key": ROBOT_PLACES, "another-key": 15}
    assert store.outbox.counts(campaign.id) == {"sent": ROBOT_PLACES + 15, "queued": 30 - ROBOT_PLACES}


def test_a_robot_that_said_enough_is_left_alone_by_its_other_name_too(store, campaign, push, shared, api):
    store.outbox.enqueue([push(robot="zhibanqun"), push(robot="gongzuoqun"), push(robot="other")])
    api.failure = Paced("too often", 45009, after_seconds=60)
    Sender(store, [shared]).drain(EVENING)
    assert Counter(key for key, _ in api.told) == {"one-key": 1, "another-key": 1}
    assert store.outbox.counts(campaign.id) == {"queued": 3}


# --- the window -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "closes_in", "short", "accepted"),
    [
        (5, timedelta(hours=1), False, True),
        (3, timedelta(hours=1), False, True),
        (2, timedelta(hours=1), False, False),
        (0, timedelta(hours=1), False, False),
        (5, timedelta(microseconds=1), False, True),
        (5, timedelta(0), False, False),
        (5, timedelta(hours=-1), False, False),
        (1, timedelta(seconds=30), True, True),
        (0, timedelta(seconds=30), True, False),
    ],
)
def test_two_of_five_are_kept_for_answers_but_none_of_the_minute(api, push, left, closes_in, short, accepted):
    recipient = replace(PERSON, window=Window(left, EVENING + closes_in, short))
    assert CustomerServiceChannel(api, None).accepts(recipient, push(person="p"), EVENING) is accepted


# --- template messages ----------------------------------------------------------------------------------------


@pytest.fixture
def made(apis):
    return {channel.name: channel for channel in open_channels("verified_service", apis)}


def test_the_same_push_carries_the_same_id_and_another_its_own(made, push, api):
    channel = made["template_message"]
    for number in (1, 1, 2):
        channel.send(REACHED["template_message"], push(person="p", job="templated", number=number))
    first, again, other = api.ids
    assert first == again != other
    assert {len(i) for i in api.ids} == {32}


def test_a_digest_never_goes_out_as_a_template_message(made, push):
    recipient = REACHED["template_message"]
    assert not made["template_message"].accepts(recipient, push(person="p", job="bulletin"), EVENING)


def test_an_unknown_outcome_is_repeated_with_the_same_id_within_ten_minutes(store, town, push, made, api):
    item = push(town.person("o-2").id, job="templated")
    store.outbox.enqueue([item])
    sender = Sender(store, [made["template_message"]])
    api.failure = Unknown("no answer")
    sender.drain(EVENING)
    api.failure = None
    sender.drain(EVENING + timedelta(minutes=1))
    assert store.outbox.get(item.campaign, item.id).status == "sent"
    assert len(set(api.ids)) == 1
    assert len(api.ids) == 2


def test_after_ten_minutes_nobody_knows_what_a_repetition_would_show(store, town, push, made, api):
    """A sender died in the middle; the next comes after WeChat has forgotten the id."""
    item = push(town.person("o-2").id, job="templated")
    store.outbox.enqueue([item])

    class Crash(BaseException):
        pass

    api.failure = Crash()
    with pytest.raises(Crash):
        Sender(store, [made["template_message"]]).drain(EVENING)
    api.failure = None
    record = store.keys.notification(item.campaign, item.id)
    store.database.hincrby(record, "begun_at", -601)
    store.database.delete(store.keys.lease("sender"))
    Sender(store, [made["template_message"]]).drain(EVENING + timedelta(minutes=11))
    assert store.outbox.get(item.campaign, item.id).status == "unknown"
    assert len(api.ids) == 1


# --- subscription notices -------------------------------------------------------------------------------------


def test_each_notice_spends_one_consent_and_then_none_is_left(store, town, push, made, api, credits):
    person = town.person("o-consented")
    credits.hear("o-consented", "e1", [("accept", "notice-id")])
    store.outbox.enqueue([push(person.id, job="noticed", number=n) for n in range(3)])
    Sender(store, [made["subscription_notice"]]).drain(EVENING)
    assert len(api.told) == 2
    assert credits.left("o-consented", "notice-id") == 0
    assert len(town.mailbox("o-consented")) == 1


def test_wechat_corrects_the_ledger_of_consents(store, town, push, made, api, credits):
    person = town.person("o-consented")
    credits.hear("o-consented", "e2", [("accept", "notice-id")])
    api.failure = Skip("user refuse to accept the msg", 43101)
    store.outbox.enqueue([push(person.id, job="noticed")])
    Sender(store, [made["subscription_notice"]]).drain(EVENING)
    assert credits.left("o-consented", "notice-id") == 0
    assert len(town.mailbox("o-consented")) == 1


def test_the_event_of_a_notice_does_not_spend_it_twice(store, town, push, made, credits):
    person = town.person("o-consented")
    credits.hear("o-consented", "e3", [("accept", "notice-id")])
    store.outbox.enqueue([push(person.id, job="noticed")])
    Sender(store, [made["subscription_notice"]]).drain(EVENING)
    for _ in range(2):
        credits.hear("o-consented", "ours", [("spent", "notice-id")])
    assert credits.left("o-consented", "notice-id") == 1
    for event in ("the console's", "another"):
        credits.hear("o-consented", event, [("spent", "notice-id")])
    assert credits.left("o-consented", "notice-id") == 0, "the console sent one"


@pytest.mark.parametrize(
    ("failure", "left"),
    [
        (Skip("a field", 47003), 1),
        (Retry("busy", after_seconds=1), 1),
        (Park("closed"), 1),
        (Unknown("no answer"), 0),
        (Skip("no consent", 43101), 0),
    ],
)
def test_a_consent_is_given_back_where_surely_nothing_went_out(made, push, api, credits, failure, left):
    api.failure = failure
    with pytest.raises(type(failure)):
        made["subscription_notice"].send(REACHED["subscription_notice"], push(person="p", job="noticed"))
    assert credits.left("o-consented", "notice-id") == left


def test_without_the_ledger_nothing_is_sent_and_it_is_tried_again(made, push, api, monkeypatch):
    def away(*_):
        raise StorageUnavailable("Redis is away")

    monkeypatch.setattr(Credits, "take", away)
    with pytest.raises(Retry):
        made["subscription_notice"].send(REACHED["subscription_notice"], push(person="p", job="noticed"))
    assert api.told == []


def test_an_event_heard_again_counts_once_and_whole(credits):
    for _ in range(2):
        credits.hear("o-1", "m-1", [("accept", "a"), ("accept", "b"), ("accept", "b"), ("refuse", "a")])
    assert [credits.left("o-1", template) for template in "ab"] == [0, 2]


def test_consents_are_kept_for_each_person_and_template_and_end_with_a_refusal(credits):
    credits.hear("o-1", "e4", [("accept", "a")])
    credits.hear("o-1", "e5", [("accept", "b")])
    credits.hear("o-2", "e6", [("accept", "a")])
    credits.refuse("o-1", "a")
    assert [credits.left(*whose) for whose in (("o-1", "a"), ("o-1", "b"), ("o-2", "a"))] == [0, 1, 1]


def test_the_erased_have_no_consents(store, town, credits):
    person = town.person("o-1")
    credits.hear("o-1", "e7", [("accept", "a")])
    store.people.forget(person)
    assert credits.left("o-1", "a") == 0


# --- the operator ---------------------------------------------------------------------------------------------


def test_what_an_operator_must_mend_stands_until_it_works(store, town, push, channel, caplog):
    items = [push(town.person(f"o-{n}").id) for n in range(3)]
    store.outbox.enqueue(items)
    failing = channel(name="failing", answers=[Park("invalid ip", 40164, until=EVENING, mend="add 203.0.113.7")] * 3)
    Sender(store, [failing]).drain(EVENING)
    (alert,) = store.alerts.standing()
    assert (alert.source, alert.code, alert.mend) == ("failing", 40164, "add 203.0.113.7")
    assert caplog.text.count("failing stands still") == 1
    store.outbox.enqueue([push(town.person("o-9").id, number=9)])
    store.database.delete(store.keys.lease("sender"))
    Sender(store, [failing]).drain(EVENING)
    assert store.alerts.standing() == []


def test_what_passes_by_itself_is_no_alert(store, town, push, channel):
    store.outbox.enqueue([push(town.person("o-1").id)])
    Sender(store, [channel(answers=[Skip("her window is closed", 45015)])]).drain(EVENING)
    assert store.alerts.standing() == []
