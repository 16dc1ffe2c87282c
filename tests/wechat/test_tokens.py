"""The shared access token on a real Redis."""

import json
import threading
import time

import pytest

from storage import tokens as tokens_module
from storage.keys import Keys
from storage.tokens import Grant, TokenBusy, TokenRefused, TokenStore

KEYS = Keys("yd")
KEY, LOCK = KEYS.token("wx1"), KEYS.token_lock("wx1")


class Clock:
    now = 1_800_000_000.0

    def __call__(self):
        return self.now


class WeChat:
    """Counts the token calls; the token's name is the number of the call."""

    def __init__(self, expires_in=7200, seconds=0.0, fail=False):
        self.calls, self.expires_in, self.seconds, self.fail = 0, expires_in, seconds, fail

    def __call__(self):
        self.calls += 1
        time.sleep(self.seconds)
        if self.fail:
            raise TokenRefused(RuntimeError("40164"))
        return Grant(f"token-{self.calls}", self.expires_in)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(database, clock):
    return TokenStore(database, KEYS, "wx1", clock)


def test_one_call_serves_until_five_minutes_before_the_end(store, clock):
    wechat = WeChat()
    assert [store.get(wechat) for _ in range(3)] == ["token-1"] * 3
    clock.now += 7200 - 301
    assert store.get(wechat) == "token-1"
    clock.now += 2
    assert store.get(wechat) == "token-2"
    assert wechat.calls == 2


def test_the_token_is_kept_as_json_with_its_end_and_lifetime(store, database, clock):
    store.get(WeChat())
    assert json.loads(database.get(KEY)) == {"token": "token-1", "exp": clock.now + 7200}
    assert 7_100_000 < database.pttl(KEY) <= 7_200_000
    assert database.exists(LOCK) == 0


@pytest.mark.parametrize("life", [None, 200])
def test_fifty_threads_make_one_call(database, clock, life):
    if life:
        database.set(KEY, json.dumps({"token": "old", "exp": clock.now + life}))
    wechat, seen, start = WeChat(seconds=0.2), [], threading.Barrier(50)

    def work():
        store = TokenStore(database, KEYS, "wx1", clock)
        start.wait()
        seen.append(store.get(wechat))

    threads = [threading.Thread(target=work) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wechat.calls == 1
    assert len(seen) == 50
    assert set(seen) <= ({"old", "token-1"} if life else {"token-1"})


def test_a_token_near_its_end_is_served_while_another_renews_it(store, database, clock):
    database.set(KEY, json.dumps({"token": "old", "exp": clock.now + 100}))
    database.set(LOCK, "another", px=10_000)
    wechat = WeChat()
    assert store.get(wechat) == "old"
    assert wechat.calls == 0
    assert database.get(LOCK) in {"another", b"another"}


def test_without_any_token_nobody_waits_longer_than_the_limit(store, database, monkeypatch):
    monkeypatch.setattr(tokens_module, "WAIT_SECONDS", 0.2)
    database.set(LOCK, "another", px=10_000)
    wechat = WeChat()
    with pytest.raises(TokenBusy):
        store.get(wechat)
    assert wechat.calls == 0


def test_a_crashed_fetcher_blocks_nobody_for_ever(store, database):
    database.set(LOCK, "crashed", px=100)
    assert store.get(WeChat()) == "token-1"


def test_a_failed_renewal_is_borne_while_the_old_token_lives(store, database, clock):
    database.set(KEY, json.dumps({"token": "old", "exp": clock.now + 100}))
    assert store.get(WeChat(fail=True)) == "old"
    untried = WeChat(fail=True)
    assert [store.get(untried) for _ in range(5)] == ["old"] * 5
    assert untried.calls == 0, "WeChat is not asked again at once"
    assert 50_000 < database.pttl(LOCK) <= 60_000
    database.delete(LOCK)
    clock.now += 101
    with pytest.raises(TokenRefused, match="40164"):
        store.get(WeChat(fail=True))
    assert database.exists(LOCK) == 0


def test_only_the_rejected_token_is_forgotten(store):
    wechat = WeChat()
    store.get(wechat)
    store.invalidate("an older one")
    assert store.get(wechat) == "token-1"
    store.invalidate("token-1")
    assert store.get(wechat) == "token-2"
    store.invalidate("token-1")
    assert store.get(wechat) == "token-2"


def test_an_older_token_does_not_overwrite_a_newer_one(store, database, clock):
    newer = json.dumps({"token": "newer", "exp": clock.now + 7000})

    def overtaken():
        database.set(KEY, newer)
        return Grant("older", 5000)

    assert store.get(overtaken) == "older"
    assert store.get(WeChat()) == "newer"


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", "1", '{"token": "x"}', '{"token": "a b", "exp": 9e9}'])
def test_what_is_not_a_token_is_replaced(store, database, kept):
    database.set(KEY, kept)
    store.invalidate("x")
    assert store.get(WeChat()) == "token-1"
    assert store.get(WeChat(fail=True)) == "token-1"


def test_a_lock_does_not_outlive_a_clock_set_back(store, database):
    """Whoever fetched died; what the clock lost would be added to the lock's life."""
    database.set(LOCK, "dead", px=tokens_module.PAUSE_MILLISECONDS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tokens_module, "WAIT_SECONDS", 0.1)
        with pytest.raises(TokenBusy):
            store.get(WeChat())
    database.pexpire(LOCK, 24 * 3600 * 1000)
    assert store.get(WeChat()) == "token-1"
