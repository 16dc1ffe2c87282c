"""What may be wanted, and the words that say it alone: one table, so that a word is a command everywhere or nowhere."""

from typing import Literal, cast

from handlers.language.wordlists import rows

Opinion = Literal[
    "register", "report", "correct", "retract", "restore", "nothing", "rank", "bulletin", "team", "history", "rule",
    "contact", "qr", "help", "incident", "subscribe", "unsubscribe", "campaigns", "amend", "privacy", "leave",
    "regions", "waiting", "unanswered", "approve", "reject", "bind", "thanks", "greeting", "impatience", "cancel",
    "confirm", "more", "off_topic", "follow_code", "console", "my_role", "book", "picture",
]  # fmt: skip
"""What the trained opinion may hear in a message."""
CaseAct = Literal["take_case", "hand_case_on", "close_case"]
DifferenceAct = Literal["adopt_platform", "keep_reported", "ask_captain"]
Intent = Opinion | CaseAct | DifferenceAct | Literal["unknown", "matter", "cases", "differences", "chain_text"]

WORDS = {word: cast(Intent, want) for want, words in rows("language/commands") for word in words.split("·")}
