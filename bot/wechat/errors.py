"""The platforms' error codes as data: what each means, what follows from it, what the operator does about it.

The set drifts (wechat-platform §3.2, §3.3, §6): a code that is not here stops the channel and is shown with its text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Action = Literal["renew", "busy", "minute", "tomorrow", "address", "reroute", "refuse", "break"]
"""What follows from a code.

renew: forget the token, ask once for another, repeat once. busy: repeat in seconds. minute: repeat in a minute.
tomorrow: closed until midnight in China. address: closed for five minutes, this machine's address is not allowed.
reroute: this person is out of this channel's reach. refuse: this call is wrong, a repetition is as wrong.
break: closed until somebody mends it.
"""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row. `mend` is for the operator, empty where there is nothing to do; `{address}` is the caller's."""

    action: Action
    meaning: str
    mend: str = ""


_CONSOLE = "in the official account's console (设置与开发 → 基本配置)"
_OUR_FAULT = "a fault of Yidui's: report it with this line"
_NOTICES = "see the account's notices in its console"
_CONFIRM = "the account's administrator has to confirm this address; the request is in his WeChat"


def _each(codes: Iterable[int], meaning: Meaning) -> dict[int, Meaning]:
    return dict.fromkeys(codes, meaning)


_BUSY = _each((-1, -1000), Meaning("busy", "WeChat is busy", "try again"))

_TOKEN = {
    40001: Meaning(
        "renew", "the token, or on the token call the AppSecret, is wrong", f"copy the AppSecret {_CONSOLE}"
    ),
    **_each((40014, 42001), Meaning("renew", "the token is malformed or over", "see that the appid is this account's")),
    40002: Meaning("refuse", "the grant type is wrong", _OUR_FAULT),
    40013: Meaning("break", "the appid is wrong", f"copy the appid again {_CONSOLE}"),
    40125: Meaning("break", "the AppSecret is wrong", f"copy the AppSecret again or reset it {_CONSOLE}"),
    40164: Meaning(
        "address", "the address is not whitelisted", "add the address {address} to the IP whitelist " + _CONSOLE
    ),
    40243: Meaning("break", "the AppSecret is frozen", f"unfreeze the AppSecret {_CONSOLE}"),
    41002: Meaning("break", "no appid", "set YIDUI_WECHAT_APPID"),
    41004: Meaning("break", "no AppSecret", "set YIDUI_WECHAT_SECRET"),
    **_each((89501, 89503), Meaning("break", "the address waits for confirmation", _CONFIRM)),
    89506: Meaning("break", "the address was refused", "ask the administrator, and try again in 24 hours"),
    89507: Meaning("break", "the address was refused", "ask the administrator, and try again in an hour"),
    **_each((61003, 61004, 61007), Meaning("break", "the account is authorised to a third-party platform", _NOTICES)),
}

_PERSON = {
    40003: Meaning("reroute", "not an openid of a follower of this account"),
    43004: Meaning("reroute", "she does not follow the account"),
    43019: Meaning("reroute", "she is on the account's blacklist"),
    43101: Meaning("reroute", "she allows no notice by this template"),
    45015: Meaning("reroute", "her window is closed, or she left"),
    45047: Meaning("reroute", "her window is used up"),
    46004: Meaning("reroute", "there is no such user"),
    48002: Meaning("reroute", "she does not want to receive messages"),
    **_each((50001, 50002, 50005), Meaning("reroute", "she does not follow, or may not be written to")),
}

_CONTENT = {
    **_each((40004, 40005, 40006, 40009, 40010, 40011, 40012), Meaning("refuse", "the type or size of a file")),
    40007: Meaning("refuse", "the media id is unknown or older than three days"),
    40008: Meaning("refuse", "the type of the message"),
    **_each((40031, 40032), Meaning("refuse", "the list of openids")),
    40033: Meaning("refuse", "escaped characters in the request", _OUR_FAULT),
    **_each((40035, 40038, 47001), Meaning("refuse", "the form of the request", _OUR_FAULT)),
    40037: Meaning("refuse", "the template id", "copy the template's id again from the account's console"),
    **_each((40039, 40048), Meaning("refuse", "a link's length or form")),
    40132: Meaning("refuse", "the WeChat id"),
    41030: Meaning("refuse", "the page"),
    **_each((44001, 44002, 44003, 44004), Meaning("refuse", "empty content")),
    **_each((45001, 45002, 45003, 45004, 45005, 45006, 45007), Meaning("refuse", "too long or too large")),
    45008: Meaning("refuse", "more than one article"),
    45067: Meaning("refuse", "the clientmsgid is too long", _OUR_FAULT),
    45159: Meaning("refuse", "the tag", "run `yidui menu publish` to make the tags again"),
    45166: Meaning("refuse", "the content, such as links in it"),
    47003: Meaning(
        "refuse", "a field of the template", "see that the template's fields are thing, time, date or phrase"
    ),
    **_each((46001, 46003), Meaning("refuse", "the media file or the menu does not exist")),
}

_CALL = {
    **_each((41001, 41003, 41005, 41006, 41007, 41008, 41009), Meaning("refuse", "an argument is missing", _OUR_FAULT)),
    **_each((43001, 43002, 43003), Meaning("refuse", "the HTTP method or scheme", _OUR_FAULT)),
    **_each(range(40015, 40029), Meaning("refuse", "the menu's shape", _OUR_FAULT)),
    **_each((40029, 40030, 40163, 42002, 42003, 42007), Meaning("refuse", "a web login is over: begin it again")),
    **_each((40054, 40055), Meaning("refuse", "the domain of a menu's link", "use a link that begins with https://")),
    43100: Meaning("refuse", "the industry may change once a month"),
    45010: Meaning("refuse", "too many menus"),
    **_each(
        (45026, 45027),
        Meaning("refuse", "number of templates, or industry"),
    ),
    45064: Meaning("refuse", "the menu's mini program is not linked", "link the mini program in the account's console"),
    45083: Meaning("refuse", "the speed of a mass message"),
    48005: Meaning("refuse", "the material is in use"),
    48006: Meaning("refuse", "the quota was cleared ten times this month"),
    **_each((61451, 61500, 61501), Meaning("refuse", "an argument", _OUR_FAULT)),
    **_each(range(65301, 65318), Meaning("refuse", "the conditional menu", "publish the default menu first")),
    **_each((10003, 10004, 10005, 10006), Meaning("refuse", "a web login page", _NOTICES)),
}

_CLOSED = {
    40066: Meaning("break", "no such call", "see that YIDUI_WECHAT_API_BASE is WeChat's own address"),
    40200: Meaning("break", "not for this type of account", "set YIDUI_WECHAT_ACCOUNT to what the account is"),
    45009: Meaning("tomorrow", "today's calls are used up", "wait for midnight, or clear the quota in the console"),
    45011: Meaning("minute", "called too often this minute"),
    45028: Meaning("tomorrow", "no mass message is left", "wait until WeChat allows mass messages again"),
    45065: Meaning("refuse", "this mass message was sent already"),
    45066: Meaning("minute", "repeated within a minute"),
    48001: Meaning("break", "the account lacks this right", "is it still verified? see the rights in its console"),
    48003: Meaning("break", "the agreement on mass messages is not accepted", "accept it in the account's console"),
    48004: Meaning("break", "WeChat has closed this call to the account", _NOTICES),
    48008: Meaning("break", "no right to this type of message", f"see the account's rights {_CONSOLE}"),
    50004: Meaning("break", "the account may not call the API", _NOTICES),
    50007: Meaning("break", "the account is closed", _NOTICES),
}

ACCOUNT_ERRORS: dict[int, Meaning] = _BUSY | _TOKEN | _PERSON | _CONTENT | _CALL | _CLOSED
"""The official account's API."""

ROBOT_ERRORS: dict[int, Meaning] = {
    **_BUSY,
    **{code: _CONTENT[code] for code in (40004, 40006, 40007, 40008, 40035, 44001, 44004, 45001, 45002, 45008, 47001)},
    40009: Meaning("refuse", "the size of a picture"),
    40058: Meaning("refuse", "an argument"),
    **_each((45009, 45033), Meaning("minute", "more than 20 messages in a minute")),
    93000: Meaning("break", "the robot's key is wrong, or the robot was removed", "copy the robot's webhook key again"),
}
"""The webhook of WeCom's group robots (§4.7)."""
