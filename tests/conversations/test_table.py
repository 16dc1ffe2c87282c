"""The tables in docs/wechat.md are what the code does; `make docs` writes them, and a difference fails here."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from werkzeug.datastructures import MultiDict

from bot.simulator.packets import Manner, Packer
from bot.simulator.packets import Mode as Written
from bot.wechat import errors
from bot.wechat.crypto import Cipher, Forged, Signer, Unreadable
from bot.wechat.inbound import Inbound
from bot.wechat.modes import Mode, PlainMode, SafeMode
from scheduler.accounts import ACCOUNTS_ABLE, AccountKind
from scheduler.channels import CHANNELS
from tests.conversations.catalogue import EVENTS, MESSAGES, Sent
from tests.conversations.conftest import AES_KEY, APPID, TOKEN, Office
from tests.conversations.test_everything import filled

PAGE = Path(__file__).parents[2] / "docs/wechat.md"
BEGIN, END = "<!-- tables: written by tests/conversations/test_table.py -->", "<!-- end of the tables -->"

FOLLOWS = {
    "renew": "asks once for another token and repeats once; then closes the channel and tells the operator",
    "busy": "repeats in seconds",
    "minute": "closes the channel (of robots: this robot) for a minute, then repeats",
    "tomorrow": "closes the channel until midnight in China",
    "address": "closes the channel for five minutes, and prints the address to whitelist",
    "reroute": "takes the next channel; in the end the mailbox",
    "refuse": "takes the next channel: a repetition would be as wrong",
    "break": "closes the channel until somebody mends it, and tells the operator",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def answers(office: Office, name: str, catalogue: Iterable[Sent]) -> Iterable[Sequence[str]]:
    """What each is answered: the first line of the reply."""
    person = office.captain(name, f"{name}小学")
    for sent in catalogue:
        reply = person.send(filled(office, person, sent)).reply
        yield sent.name, reply.split("\n")[0] or "`success`", sent.does


def modes() -> Iterable[Sequence[str]]:
    """What a bot in each mode makes of a push in each."""
    ours: dict[str, Mode] = {"safe": SafeMode(Cipher(TOKEN, APPID, AES_KEY)), "plain": PlainMode(Signer(TOKEN))}
    told = {
        "plain": "plain text (明文)",
        "compatible": "both forms (兼容)",
        "safe": "encrypted (安全)",
    }
    for written, name in told.items():
        yield name, *(_fate(mode, written) for mode in ours.values())  # type: ignore[arg-type]


def _fate(mode: Mode, written: Written) -> str:
    fates = set()
    for form in ("xml", "json"):
        fields = {"FromUserName": "o1", "ToUserName": "gh_1", "CreateTime": 1714112445, "MsgId": 1}
        message = fields | {"MsgType": "text", "Content": "帮助"}
        packet = Packer(TOKEN, APPID, AES_KEY, written).pack(message, Manner(form=form))  # type: ignore[arg-type]
        args = MultiDict(packet.query)
        try:
            inbound = Inbound(mode)
            received = inbound.receive(inbound.admit(args, float(args["timestamp"])), packet.body)
        except Forged:
            fates.add("403")
        except Unreadable:
            fates.add("`success`, kept for the operator")
        else:
            assert received.text == "帮助"
            fates.add("answered, encrypted" if mode.seal("x", "1", 1) != "x" else "answered, in plain text")
    (fate,) = fates
    return fate


def kinds() -> Iterable[Sequence[str]]:
    accounts = get_args(AccountKind)
    for ability, able in ACCOUNTS_ABLE.items():
        channel = next((f"channel `{entry.name}`" for entry in CHANNELS if entry.name == ability), "")
        yield f"`{ability}`", channel, *("yes" if account in able else "off" for account in accounts)


def codes(known: dict[int, errors.Meaning]) -> Iterable[Sequence[str]]:
    assert FOLLOWS.keys() == set(get_args(errors.Action))
    for code, meaning in sorted(known.items()):
        yield str(code), meaning.meaning, FOLLOWS[meaning.action], meaning.mend
    yield "any other", "", FOLLOWS["break"], ""


def written(office: Office) -> str:
    account_kinds = [f"`{account}`" for account in get_args(AccountKind)]
    answered = ("Comes", "Is answered", "And Yidui")
    failed = ("Code", "Meaning", "Yidui", "The operator")
    parts = [
        "### Messages",
        table(answered, answers(office, "李敏", MESSAGES)),
        "### Events",
        table(answered, answers(office, "王强", EVENTS)),
        "### Modes",
        table(("A push in", "`safe`", "`plain`"), modes()),
        "### Kinds of account",
        table(("What", "Used by", *account_kinds), kinds()),
        "### Error codes of the official account",
        table(failed, codes(errors.ACCOUNT_ERRORS)),
        "### Error codes of group robots",
        table(failed, codes(errors.ROBOT_ERRORS)),
    ]
    return "\n\n".join(parts)


def test_the_tables_are_what_the_code_does(office: Office) -> None:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page = f"{before}{BEGIN}\n\n{written(office)}\n\n{END}{after}"
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `make docs`, and read what it changed"
