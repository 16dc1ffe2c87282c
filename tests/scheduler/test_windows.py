"""The ledger of customer-service windows: opened by what she does, spent by pushes, corrected by WeChat (§4.2)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.windows import Trigger
from bot.simulator.ledgers.windows import Windows as PlatformWindows
from scheduler.channels import CustomerServiceChannel, Skip
from scheduler.sender import Sender
from tests.scheduler.conftest import EVENING

MINUTE = timedelta(minutes=1)


class Api:
    def __init__(self):
        self.sent, self.failure = [], None

    def send_text(self, openid, text):
        if self.failure:
            raise self.failure
        self.sent.append((openid, text))


@pytest.fixture
def api():
    return Api()


@pytest.fixture
def acts(store):
    """Somebody does something that opens a window at a business time."""
    done = []

    def act(openid: str, opens: str, at: datetime) -> None:
        done.append(openid)
        claim = store.inbox.claim(openid, f"m-{len(done)}", "token", opens, at)
        store.inbox.release(openid, f"m-{len(done)}", "token")
        store.people.link(claim.person)

    return act


@pytest.fixture
def pushes(store, push, api):
    """So many pushes to somebody at a business time; how many went out as customer-service messages."""
    sender, made = Sender(store, [CustomerServiceChannel(api, store.pictures)]), []

    def drain(openid: str, count: int, at: datetime) -> int:
        person = store.database.hget(store.keys.person(openid), "id")
        before = len(api.sent)
        for _ in range(count):
            made.append(1)
            item = push(person, number=len(made), due_at=at, expires_at=at + timedelta(days=1))
            store.outbox.enqueue([item])
            sender.drain(at)
        return len(api.sent) - before

    return drain


def left(store, openid, at):
    window = store.windows.open([openid], at).get(openid)
    return (window.messages_left, window.short) if window else None


def test_after_a_message_three_pushes_go_out_and_two_are_kept_for_answers(store, acts, pushes):
    acts("o-1", "long", EVENING)
    assert pushes("o-1", 5, EVENING) == 3
    assert left(store, "o-1", EVENING) == (2, False)


def test_after_a_click_three_go_out_within_a_minute(store, acts, pushes):
    acts("o-1", "short", EVENING)
    assert pushes("o-1", 5, EVENING + MINUTE - timedelta(seconds=1)) == 3
    acts("o-1", "short", EVENING)
    assert pushes("o-1", 1, EVENING + MINUTE) == 0


def test_the_minute_is_spent_before_the_48_hours(store, acts, pushes):
    acts("o-1", "long", EVENING - timedelta(hours=1))
    acts("o-1", "short", EVENING)
    assert left(store, "o-1", EVENING) == (3, True)
    assert pushes("o-1", 3, EVENING) == 3
    assert left(store, "o-1", EVENING) == (5, False)
    assert pushes("o-1", 5, EVENING) == 3


def test_a_message_refills_and_does_not_add_up(store, acts, pushes):
    for _ in range(2):
        acts("o-1", "long", EVENING)
    assert left(store, "o-1", EVENING) == (5, False)
    pushes("o-1", 3, EVENING)
    acts("o-1", "long", EVENING + timedelta(hours=1))
    assert left(store, "o-1", EVENING + timedelta(hours=48)) == (5, False)
    assert left(store, "o-1", EVENING + timedelta(hours=49)) is None


def test_what_opens_no_window_leaves_those_that_are_open(store, acts):
    acts("o-1", "long", EVENING)
    acts("o-1", "", EVENING + timedelta(hours=1))
    assert left(store, "o-1", EVENING + timedelta(hours=2)) == (5, False)


@pytest.mark.parametrize("code", [43004, 45015, 45047, 48002])
def test_wechat_corrects_the_ledger(store, acts, pushes, api, town, code):
    acts("o-1", "long", EVENING)
    acts("o-1", "short", EVENING)
    api.failure = Skip("no message passes", code)
    assert pushes("o-1", 1, EVENING) == 0
    assert left(store, "o-1", EVENING) is None
    api.failure = None
    assert pushes("o-1", 1, EVENING) == 0, "not even asked"
    assert len(town.mailbox("o-1")) == 2
    acts("o-1", "long", EVENING + MINUTE)
    assert pushes("o-1", 1, EVENING + MINUTE) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["long", "short", "push"]),
            st.integers(min_value=1, max_value=49 * 60),
        ),
        max_size=25,
    )
)
def test_what_our_ledger_allows_wechat_takes(store, acts, pushes, api, campaign, steps):
    """Whatever she does and however time passes: no push is tried that the platform would refuse."""
    store.database.flushall()
    store.campaigns.publish(campaign, EVENING)
    platform, now = PlatformWindows(), EVENING
    acts("o-1", "long", now - timedelta(hours=48))
    for step in steps:
        if isinstance(step, int):
            now += timedelta(minutes=step)
        elif step == "push":
            for _ in range(pushes("o-1", 1, now)):
                try:
                    platform.spend(now)
                except ApiError as refused:
                    raise AssertionError(f"{refused} after {steps}") from None
        else:
            acts("o-1", step, now)
            platform.refill(Trigger.MESSAGE if step == "long" else Trigger.ACTION, now)
