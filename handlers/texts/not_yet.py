"""An answer to the words that cannot be acted upon yet."""

from handlers.texts.naming import whom_to_call
from storage.campaign_schema import Campaign

NOT_YET = {
    "催报": "协调员发送“未报”，能看到今天还没有消息的队伍。",
    "通知": "战报会按时发给订阅的人；要告诉大家的话，请在各单位的群里说。",
}
"""Words that cannot be acted upon here yet, and what helps instead; `{whom}`: whom to call."""
_INSTEAD = {word: instead for words, instead in NOT_YET.items() for word in words.split()}


def not_yet(word: str, campaign: Campaign) -> str:
    return f"“{word}”暂不能在这里办理；{_INSTEAD[word].format(whom=whom_to_call(campaign))}"
