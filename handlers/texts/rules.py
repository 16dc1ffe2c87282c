"""Answers from the rulebook, and what is said where it has none."""

from collections.abc import Sequence

from handlers.texts.contacts import reachable
from handlers.texts.naming import duty_phone, whom_to_call
from handlers.texts.wording import in_turn, numbered
from storage.campaign_document import Contact, Rule
from storage.campaign_schema import Campaign


def calm(campaign: Campaign, before: int) -> str:
    """To anger without a question."""
    whom = whom_to_call(campaign)
    return in_turn(
        (
            f"让您着急了，抱歉。这里是自动答复，我办不了的事请打 {whom}。",
            f"给您添麻烦了。记下的数字都在，发“我的队伍”能看到；要找人请打 {whom}。",
        ),
        before,
    )


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


def nearest_rule(question: str, answer: str, others: Sequence[str]) -> str:
    return f"最接近的是“{question}”：\n{answer}\n\n如果问的是别的，回复数字：\n{numbered([*others, '都不是'])}"


def rule_unknown(contact: Contact | None, before: int) -> str:
    whom = reachable(contact) if contact else "主办单位"
    return in_turn(
        (
            f"这个问题本次活动的文件未规定，或者我没有找到依据，不敢乱答。请问：{whom}。",
            f"这个也没有找到依据，按文件未规定处理，不敢乱答。可以换个说法再问，或者请问：{whom}。",
        ),
        before,
    )


def out_of_scope(contact: Contact | None) -> str:
    whom = reachable(contact) if contact else "主办单位"
    return f"这不在本次活动的范围内，文件未规定，我不能回答。活动的事可以直接问我，或联系：{whom}。"


def who_runs_this(campaign: Campaign) -> str:
    """Asked about the bot itself."""
    phone = duty_phone(campaign)
    whom = f"打 {phone}" if phone else f"联系 {whom_to_call(campaign)}"
    return f"这里是益队，机器人自动答复，不是人工；为{campaign.organisers[0].name}主办的活动服务，找人请{whom}。"


def gifts_counted() -> str:
    """What the bot means by 人次: a word of its own reports, and no rule."""
    return "“人次”数的是捐赠的笔数，不是人数：同一个人捐3笔，记3人次。这是在这里报数的用法，不是文件的规定。"
