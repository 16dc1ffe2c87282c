"""Whom each channel accepts, and what it hands to the API."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.channels import (
    Apis,
    CustomerServiceChannel,
    GroupRobotChannel,
    Recipient,
    Window,
    open_channels,
)

NOW = datetime(2024, 5, 8, 13, 0, tzinfo=UTC)


class Api:
    def __init__(self):
        self.sent = []

    def send_text(self, to, text):
        self.sent.append((to, text))


def person(messages_left=5, closes_in=timedelta(hours=1)):
    return Recipient("person", person_id="p1", openid="oUSER", window=Window(messages_left, NOW + closes_in))


@pytest.mark.parametrize(
    ("recipient", "accepted"),
    [
        (person(5), True),
        (person(3), True),
        (person(2), False),
        (person(0), False),
        (person(5, timedelta(microseconds=1)), True),
        (person(5, timedelta(0)), False),
        (person(5, timedelta(hours=-1)), False),
        (Recipient("person", openid="oUSER"), False),
        (Recipient("robot", robot="zhibanqun"), False),
    ],
)
def test_customer_service_needs_an_open_window_and_spares_two(recipient, accepted):
    assert CustomerServiceChannel(Api()).accepts(recipient, NOW) is accepted


@pytest.mark.parametrize(
    ("recipient", "accepted"),
    [
        (Recipient("robot", robot="zhibanqun"), True),
        (Recipient("robot", robot="nobody"), False),
        (person(), False),
    ],
)
def test_the_group_robot_needs_a_known_name(recipient, accepted):
    assert GroupRobotChannel(Api(), {"zhibanqun": "key"}).accepts(recipient, NOW) is accepted


def test_each_channel_sends_by_its_own_address():
    account, robot = Api(), Api()
    CustomerServiceChannel(account).send(person(), "战报")
    GroupRobotChannel(robot, {"zhibanqun": "key"}).send(Recipient("robot", robot="zhibanqun"), "战报")
    assert (account.sent, robot.sent) == ([("oUSER", "战报")], [("key", "战报")])


@pytest.mark.parametrize(
    ("account", "names"),
    [
        ("unverified_subscription", ["group_robot"]),
        ("verified_subscription", ["customer_service", "group_robot"]),
        ("verified_service", ["customer_service", "group_robot"]),
    ],
)
def test_the_kind_of_account_decides_which_channels_exist(account, names):
    channels = open_channels(account, Apis(Api(), Api(), {"zhibanqun": "key"}))
    assert [channel.name for channel in channels] == names
    assert [channel.repeat_safe for channel in channels] == [False] * len(names)


def test_robot_keys_do_not_show():
    assert "secret-key" not in repr(Apis(Api(), Api(), {"zhibanqun": "secret-key"}))
