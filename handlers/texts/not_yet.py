"""An answer to the words that cannot be acted upon yet."""

from handlers.texts.naming import whom_to_call
from storage.campaign_schema import Campaign

NOT_YET = {
    "合并": "队伍的合并请联系 {whom}。",
    "结案": "案件的处理结果请电话告知 {whom}。",
}
"""Words that cannot be acted upon here yet, and what helps instead; `{whom}`: whom to call."""
_INSTEAD = {word: instead for words, instead in NOT_YET.items() for word in words.split()}


def not_yet(word: str, campaign: Campaign) -> str:
    return f"“{word}”暂不能在这里办理；{_INSTEAD[word].format(whom=whom_to_call(campaign))}"
