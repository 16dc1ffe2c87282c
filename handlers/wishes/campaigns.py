"""Whether what stands behind 切换 may be a campaign."""

from handlers.language.late import pattern

_SOMETHING_ELSE = pattern(r"[队数元]|项目|单位|电话|线[上下]|^\d")
"""What is switched besides campaigns."""


def may_be_a_campaign(remainder: str) -> bool:
    return not _SOMETHING_ELSE.search(remainder)
