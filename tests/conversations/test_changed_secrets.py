"""Token and EncodingAESKey are changed while people write: old and new are valid side by side, no message is lost."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from pydantic import SecretStr

from bot.app import create_app
from bot.settings import Settings
from bot.simulator import actions
from bot.simulator.people import Rehearsal
from bot.simulator.push import MessageServer
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, UNHURRIED, Office, served

NEW_TOKEN, NEW_KEY = "another-token", "Zy9" + "b" * 40
WeChat = Callable[[str, str], Rehearsal]
"""The platform with the Token that it signs with and the key that it encrypts with, and reads answers with."""


@contextmanager
def in_front_of(office: Office, settings: Settings, **secrets: str) -> Iterator[WeChat]:
    """The platform in front of an installation with other secrets than the office's."""
    changed = settings.model_copy(update={name: SecretStr(text) for name, text in secrets.items()})
    with served(create_app(changed, per_minute=UNHURRIED)) as url:
        yield lambda token, key: Rehearsal(MessageServer(url, token, APPID, key, "safe", office.people.platform))


@pytest.fixture
def changing(office: Office, settings: Settings) -> Iterator[WeChat]:
    """In front of an installation that has the new Token and key, and still the old ones."""
    old = {"wechat_token_old": TOKEN, "wechat_aes_key_old": AES_KEY}
    with in_front_of(office, settings, wechat_token=NEW_TOKEN, wechat_aes_key=NEW_KEY, **old) as wechat:
        yield wechat


@pytest.mark.parametrize(("token", "key"), list(product([TOKEN, NEW_TOKEN], [AES_KEY, NEW_KEY])))
def test_each_push_is_answered_with_its_own(changing: WeChat, token: str, key: str) -> None:
    """Also where one of the two was changed and the other was not yet."""
    people = changing(token, key)
    assert people.server.verify_address()
    assert people["李敏"].say("帮助").startswith("【")


def test_a_delivery_under_the_new_key_repeats_one_under_the_old(office: Office, changing: WeChat) -> None:
    before, after = changing(TOKEN, AES_KEY), changing(NEW_TOKEN, NEW_KEY)
    sun = before["孙丽"]
    assert sun.say("组队 昭通市第二中学 昭阳区 人道暖昭通 队长孙丽 13900000000").startswith("已登记")
    said = actions.text("进度 300元 3人次") | {"FromUserName": sun.openid, "CreateTime": int(time.time()), "MsgId": 77}
    first = before.server.deliver(said)
    assert first.reply.startswith("已记录")
    assert after.server.deliver(said).reply == first.reply
    assert office.ledger().count("report.accepted") == 1


def test_a_third_token_is_not_let_in(office: Office, changing: WeChat) -> None:
    stranger = changing("a-third-token", NEW_KEY)
    assert not stranger.server.verify_address()
    assert [attempt.status for attempt in stranger["李敏"].send(actions.text("帮助")).attempts] == [403] * 3
    assert not office.store.dead_letters.newest()
    office.troubled = True


@pytest.mark.parametrize("token", [TOKEN, NEW_TOKEN])
def test_what_a_third_key_encrypts_is_kept_for_the_operator(office: Office, changing: WeChat, token: str) -> None:
    assert changing(token, "c" * 43)["李敏"].send(actions.text("帮助")).reply == ""
    (letter,) = office.store.dead_letters.newest()
    assert "is it the right EncodingAESKey?" in letter.reason


@pytest.mark.parametrize("token", [TOKEN, NEW_TOKEN])
def test_what_cannot_be_understood_is_kept_with_its_words(office: Office, changing: WeChat, token: str) -> None:
    """Whatever the other Token and key made of it, the operator sees what the right ones decrypted."""
    changing(token, AES_KEY)["李敏"].attack(actions.text("你好"), "not_xml")
    (letter,) = office.store.dead_letters.newest()
    assert letter.content


def test_the_old_ones_are_refused_once_they_are_taken_out(office: Office, settings: Settings) -> None:
    office.troubled = True
    with in_front_of(office, settings, wechat_token=NEW_TOKEN, wechat_aes_key=NEW_KEY) as wechat:
        assert wechat(NEW_TOKEN, NEW_KEY)["李敏"].say("帮助")
        assert wechat(TOKEN, NEW_KEY)["李敏"].send(actions.text("帮助")).attempts[-1].status == 403
        assert wechat(NEW_TOKEN, AES_KEY)["李敏"].send(actions.text("帮助")).reply == ""
