"""Answers from the rulebook, and what is said where it has none."""

from collections.abc import Sequence

from handlers.texts.contacts import reachable
from handlers.texts.naming import duty_phone, whom_to_call
from handlers.texts.wording import numbered
from storage.campaign_schema import Campaign, Contact, Rule


def calm(campaign: Campaign) -> str:
    """To anger without a question."""
    return f"让您着急了，抱歉。这里是自动答复，我办不了的事请打 {whom_to_call(campaign)}。"


def how_to_ask(campaign: Campaign, examples: Sequence[str]) -> str:
    lines = "\n".join(f"· {example}？" for example in examples)
    return f"关于{campaign.short}的规定，直接提问就行，例如：\n{lines}\n回答注明出处；文件没写的会直说。"


def rule_answer(rule: Rule, contact: Contact | None) -> str:
    lines = [rule.answer, f"依据：{rule.source}{HOW_SURE[rule.status]}"]
    if contact and (contact.phones or (contact.office,))[0] not in rule.answer:
        lines.append(f"联系人：{reachable(contact)}")
    return "\n".join(lines)


HOW_SURE = {
    "stated": "",
    "repaired": "（原文有误，已订正）",
    "inferred": "（原文未直接写明，为理解）",
    "not stated": "（原文没有规定）",
    "answered": "（不是文件原文）",
    "general": "（一般规定，不是本次活动的文件）",
}


def which_rule(questions: Sequence[str]) -> str:
    return f"您问的是哪一个？回复数字：\n{numbered([*questions, '都不是'])}"


def rule_unknown(contact: Contact | None) -> str:
    whom = reachable(contact) if contact else "主办单位"
    return f"这个问题本次活动的文件未规定，或者我没有找到依据，不敢乱答。请问：{whom}。"


def out_of_scope(contact: Contact | None) -> str:
    whom = reachable(contact) if contact else "主办单位"
    return f"这不在本次活动的范围内，文件未规定，我不能回答。活动的事可以直接问我，或联系：{whom}。"


def question_passed_on(said: str) -> str:
    return f"{said}\n已把您的问题转给协调员，有答复会发给您。"


def who_runs_this(campaign: Campaign) -> str:
    """Asked about the bot itself."""
    phone = duty_phone(campaign)
    whom = f"打 {phone}" if phone else f"联系 {whom_to_call(campaign)}"
    return f"这里是益队，机器人自动答复，不是人工；为{campaign.organisers[0].name}主办的活动服务，找人请{whom}。"


def gifts_counted() -> str:
    """What the bot means by 人次: a word of its own reports, and no rule."""
    return "“人次”数的是捐赠的笔数，不是人数：同一个人捐3笔，记3人次。这是在这里报数的用法，不是文件的规定。"
