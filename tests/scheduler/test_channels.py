"""The contract of every channel in the table: whom it reaches, what it raises, and what the sender makes of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import pytest

from scheduler.channels import CHANNELS, Apis, Park, Recipient, Retry, Skip, Unknown, Window, open_channels
from scheduler.sender import Sender

EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=timezone(timedelta(hours=8)))
WINDOW = Window(5, EVENING + timedelta(hours=40))
REACHED = {
    "customer_service": Recipient("person", person_id="p", openid="o-1", window=WINDOW),
    "group_robot": Recipient("robot", robot="zhibanqun"),
}


@dataclass
class Api:
    """Both APIs in one: it keeps what it was told, or fails."""

    failure: Exception | None = None
    told: list[tuple[str, str]] = field(default_factory=list)

    def send_text(self, address: str, text: str) -> None:
        self.told.append((address, text))
        if self.failure:
            raise self.failure


@pytest.fixture
def api():
    return Api()


@pytest.fixture(params=[entry.name for entry in CHANNELS])
def each(request, api):
    """Every channel of the table; one without a recipient in REACHED fails here."""
    entry = next(e for e in CHANNELS if e.name == request.param)
    return entry.make(Apis(account=api, robot=api, robots={"zhibanqun": "secret-key"}))


def test_names_are_unique():
    assert len({entry.name for entry in CHANNELS}) == len(CHANNELS)


def test_it_reaches_its_own_kind_only(each):
    assert each.accepts(REACHED[each.name], EVENING)
    for name, recipient in REACHED.items():
        assert each.accepts(recipient, EVENING) == (name == each.name)
    assert not each.accepts(Recipient("person", person_id="p", openid="o-1"), EVENING)
    assert not each.accepts(Recipient("robot", robot="nobody"), EVENING)


def test_a_window_that_is_over_or_nearly_spent_is_left_alone(each):
    for window in (Window(5, EVENING), Window(2, WINDOW.closes_at)):
        recipient = Recipient("person", person_id="p", openid="o-1", window=window)
        assert not each.accepts(recipient, EVENING)


def test_it_says_the_text_once_and_passes_every_failure_on(each, api):
    each.send(REACHED[each.name], "战报")
    assert [text for _, text in api.told] == ["战报"]
    for failure in (Skip("s"), Retry("r", after_seconds=1), Park("p"), Unknown("u")):
        api.failure = failure
        with pytest.raises(type(failure)):
            each.send(REACHED[each.name], "战报")


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
def test_what_the_sender_makes_of_it(store, town, push, each, api, failure, person_then, robot_then):
    api.failure = failure
    robot = REACHED[each.name].kind == "robot"
    item = push(robot="zhibanqun") if robot else push(town.person("o-1").id)
    store.outbox.enqueue([item])
    Sender(store, [each]).drain(EVENING)
    assert store.outbox.get(item.campaign, item.id).status == (robot_then if robot else person_then)
    assert len(api.told) == 1


def test_an_unverified_account_has_only_robots(api):
    assert [c.name for c in open_channels("unverified_subscription", Apis(api, api))] == ["group_robot"]
