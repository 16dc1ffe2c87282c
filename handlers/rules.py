"""Rules: a question is answered from the campaign's rulebook with its source, or plainly not answered."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers import texts
from handlers.adopted import holds_its_noun
from handlers.bulletin import show_bulletin
from handlers.choices import is_number
from handlers.meant import in_campaign
from handlers.messages import Context, Reply, UserError
from handlers.my_team import my_teams
from handlers.questions import offer
from handlers.router import Router
from handlers.rulebook.named import contacts_in
from handlers.rulebook.no_rule import Matter, asked_besides, is_outburst, matter_of
from handlers.rulebook.nouns import asks_of_a_thing, asks_when_it_begins, names_thing_of
from handlers.rulebook.phrasing import questions_in
from handlers.rulebook.questions import Finding, Found, Near, Told, Unknown, rulebook_of
from handlers.understand.answers import number_chosen
from handlers.understand.opinion import names_a_figure
from storage.campaign_document import Contact, Rule
from storage.campaign_schema import Campaign
from storage.models.people import Conversation

router = Router()
CHOOSE = "rules.choose"
EXAMPLES = 6
TOGETHER = 3
"""Answers that are given in one reply."""
FORBIDS = ("refuse", "voluntary")
"""Topics that answer a statement with a figure in it; any other one may be a report that was not understood."""


@router.command("规则", "活动规则", "配捐规则", "政策", summary="规则 或直接提问，例如：几点开始配捐？", aside=True)
@router.intent("rule")
def show_rules(ctx: Context) -> Reply:
    """Answer the question that stands behind the word, or say how to ask."""
    if ctx.args:
        return answer_question(ctx, ctx.args)
    by_topic = {rule.topic: rule.questions[0] for rule in reversed(ctx.campaign.rulebook)}
    return Reply(texts.rules.how_to_ask(ctx.campaign, list(reversed(by_topic.values()))[:EXAMPLES]))


def answer_question(ctx: Context, question: str) -> Reply:
    """One answer with its source; the nearest, and others by number; else 未规定 and whom to ask.

    Several questions of one message are answered one by one where each has its answer. Anger is answered calmly,
    unless something is asked beside it. Where the campaign's file is silent, the question can be passed on.
    """
    if matter := matter_of(question):
        return _BESIDE[matter](ctx)
    if is_outburst(question):
        return _calm(ctx, asked_besides(question))
    apart = [asked(ctx.campaign, each) for each in questions_in(question)]
    if len(apart) > 1 and (answers := _answers(ctx.campaign, apart)):
        return offer(ctx, question, answers) if all(map(is_silent, apart)) else Reply(answers)
    match asked(ctx.campaign, question):
        case (Found() | Told()) as found:
            return _answered(ctx, question, found)
        case Near(rules):
            return _nearest(ctx, question, rules)
        case Unknown(elsewhere):
            if elsewhere:
                return Reply(texts.rules.out_of_scope(_whom(ctx.campaign, question)))
            return _unknown(ctx, question)


def asked(campaign: Campaign, question: str) -> Finding:
    """What the rulebook says to a question. A coordinator's answer is none to a question that lacks its noun."""
    found = rulebook_of(campaign).ask(question)
    if isinstance(found, Found) and found.rule.status == "answered" and not holds_its_noun(found.rule, question):
        return Unknown()
    return found


def is_silent(found: Finding) -> bool:
    """Whether the file says nothing: no entry, or one that says just that."""
    return isinstance(found, Unknown) or (isinstance(found, Found) and found.rule.status == "not stated")


def has_answer_to(ctx: Context, said: str) -> bool:
    """Whether the campaign that is meant says something about a thing that some words name, or is silent about it."""
    if ctx.chosen is None:
        return False
    found = asked(ctx.chosen, said)
    if isinstance(found, Found):
        if is_silent(found):
            return asks_of_a_thing(found.rule, said)
        return names_thing_of(found.rule, said) or asks_when_it_begins(said)
    return not is_silent(found)


def _answered(ctx: Context, question: str, found: Found | Told) -> Reply:
    """The answer; where it is that the file is silent, the question can be passed on."""
    said = _said(ctx.campaign, found)
    return offer(ctx, question, said) if is_silent(found) else Reply(said)


def _nearest(ctx: Context, question: str, rules: Sequence[Rule]) -> Reply:
    """What the nearest entry says, and the others by number: she need not choose where she meant the first, and sees
    that it may be another. Where the file leaves that one open, or it is too long for one reply, all are a choice."""
    best, *others = rules
    said = _said(ctx.campaign, Found(best))
    told = texts.rules.nearest_rule(best.questions[0], said, [rule.questions[0] for rule in others])
    if is_silent(Found(best)) or len(told.encode()) > texts.wording.REPLY_BYTES:
        others, told = list(rules), texts.rules.which_rule([rule.questions[0] for rule in rules])
    data = {"campaign": ctx.campaign.id, "question": question, "rules": [rule.id for rule in others]}
    return Reply(told, conversation=Conversation(state=CHOOSE, data=data))


def _calm(ctx: Context, besides: str) -> Reply:
    found = asked(ctx.campaign, besides) if besides else Unknown()
    if isinstance(found, Found | Told):
        return Reply(_said(ctx.campaign, found))
    return Reply(texts.rules.calm(ctx.campaign, ctx.person.idle), idle=True)


def _answers(campaign: Campaign, findings: Sequence[Finding]) -> str:
    """The answers of several questions, each once; nothing where one of them has none, or one answer is all."""
    found = [finding for finding in findings if isinstance(finding, Found | Told)]
    answers = list(dict.fromkeys(_said(campaign, each) for each in found)) if len(found) == len(findings) else []
    both = "\n\n".join(answers[:TOGETHER])
    return both if len(answers) > 1 and len(both.encode()) <= texts.wording.REPLY_BYTES else ""


def answer_statement(ctx: Context, said: str) -> Reply | None:
    """The answer to words that ask without a question's form (`我扫不了码`, `申燕燕`); None unless they are plain."""
    if ctx.chosen is None:
        return None
    found = asked(ctx.chosen, said)
    forbids = isinstance(found, Found) and found.rule.topic in FORBIDS
    plain = isinstance(found, Found | Told) and (forbids or not names_a_figure(said))
    return answer_question(ctx, said) if plain or matter_of(said) or is_outburst(said) else None


def _figures(ctx: Context) -> Reply:
    """What came in: of a captain's own teams, else of the whole campaign."""
    return my_teams(ctx) if ctx.membership.codes else show_bulletin(ctx)


_BESIDE: dict[Matter, Callable[[Context], Reply]] = {
    "bot": lambda ctx: Reply(texts.rules.who_runs_this(ctx.campaign)),
    "figures": _figures,
    "team": my_teams,
    "gifts": lambda _ctx: Reply(texts.rules.gifts_counted()),
}
"""What answers a matter that no rulebook holds."""


@router.state(CHOOSE, reminder=texts.dialogues.RULE_CHOICE, passing=is_number)
def choose_rule(ctx: Context) -> Reply:
    """She was offered near entries and names one by its number; the last number is none of them."""
    conversation = ctx.conversation
    if conversation is None:
        raise ValueError("no rules were offered")
    data = conversation.data
    ctx = in_campaign(ctx, data["campaign"])
    ids: list[str] = data["rules"]
    chosen = number_chosen(ctx.args, len(ids) + 1)
    if chosen is None:
        raise UserError(texts.dialogues.choose_a_number(len(ids) + 1))
    rule = next((r for r in ctx.campaign.rulebook if r.id in ids[chosen : chosen + 1]), None)
    return _answered(ctx, data["question"], Found(rule)) if rule else _unknown(ctx, data["question"])


def _said(campaign: Campaign, found: Found | Told) -> str:
    if isinstance(found, Told):
        return texts.facts.fact_answer(found.fact)
    contact = campaign.contact(found.rule.contact) if found.rule.contact else None
    return texts.rules.rule_answer(found.rule, contact)


def _unknown(ctx: Context, question: str) -> Reply:
    """What nobody wrote down: whom to ask; on her yes it waits where somebody can answer it."""
    unknown = texts.rules.rule_unknown(_whom(ctx.campaign, question), ctx.person.idle)
    return replace(offer(ctx, question, unknown), idle=True)


def _whom(campaign: Campaign, question: str) -> Contact | None:
    """The contact that the question's project or office points to, else the campaign's first."""
    contacts = contacts_in(campaign, question) or [c for c in campaign.contacts if c.public]
    return contacts[0] if contacts else None
