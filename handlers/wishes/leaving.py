"""A wish to be forgotten: whether it is about a team instead, or against it."""

from handlers.language.late import pattern
from handlers.language.text import normalise

_A_TEAM = pattern(r"队(?!长|员)|报名|单位|(?<!\d)\d{4,9}(?!\d)")
"""What is a team's and not hers: the team, its registration, its unit, its code."""
_KEEPS = pattern(r"(?:取消|撤[回销]|[不没别莫]|并非)[^,。]{0,5}(?:注销|删)|^(?:不|别)[\W_]*$")
"""Words against being forgotten: `不注销了`, `取消注销`."""


def is_about_a_team(text: str) -> bool:
    return _A_TEAM.search(text) is not None


def keeps(text: str) -> bool:
    """Whether an answer is against being forgotten: `不注销了`."""
    return _KEEPS.search(normalise(text)) is not None
