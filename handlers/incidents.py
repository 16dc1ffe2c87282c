"""舆情 举报 投诉 冒充: taken down after one confirmation, with a case number and whom it reached."""

import re

from handlers import texts
from handlers.choices import in_campaign
from handlers.messages import Context, Reply, UserError
from handlers.notices import notification
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.rules import answer_question, asked
from handlers.understand.names import find_region
from handlers.understand.non_answers import non_answer
from handlers.understand.questions import Found
from handlers.understand.text import is_question, squash
from handlers.understand.words import WORDS
from handlers.writes import Case, Proposal
from storage.campaign_schema import Campaign
from storage.models import Conversation, Notification

router = Router()
ASK_TEXT = "incidents.text"
SHORTEST, LONGEST = 4, 300
"""Characters of a report: less says nothing, more is not kept."""
_SAYS_NOTHING = re.compile("举报|投诉|舆情|我要|我想|你们|一下|您好|你好|麻烦|请|帮我|谢谢(?:老师)?")
_ABOUT_A_CASE = re.compile(
    r"(?:举报|投诉|舆情|案件)(?:编号)?[dD]?\d*的?.{0,4}(?:进展|结果|怎么样|撤|查得|处理[得到好完])|(?:撤[回销掉]?|取消).{0,3}(?:举报|投诉)"
)


@router.command("舆情", "举报", "投诉", "冒充", summary="举报 / 投诉 / 舆情 / 冒充 情况：登记并通知协调员", aside=True)
@router.intent("incident")
def take_down(ctx: Context) -> Reply:
    """Somebody complains or warns. What the rulebook answers is answered from it, the rest is proposed as a case."""
    said = ctx.message.text.strip()
    if _ABOUT_A_CASE.search(squash(said)):
        return Reply(texts.incidents.call_about_case(ctx.campaign))
    if is_question(said) and isinstance(asked(ctx.campaign, said), Found):
        return answer_question(ctx, said)
    if _says_nothing(said) or WORDS.get(squash(said)) == "incident":
        data = {"campaign": ctx.campaign.id, "word": said}
        return Reply(texts.incidents.ask_incident(), conversation=Conversation(state=ASK_TEXT, data=data))
    return _propose(ctx, said)


@router.state(ASK_TEXT, reminder=texts.dialogues.INCIDENT_TEXT)
def take_text(ctx: Context) -> Reply:
    """What happened, said after the bare word."""
    if _says_nothing(ctx.message.text) or non_answer(ctx.message.text):
        raise UserError(texts.incidents.ask_incident())
    begun = ctx.conversation.data["campaign"] if ctx.conversation else ""
    return _propose(in_campaign(ctx, begun), ctx.message.text.strip())


@on_yes(router, Case, reminder=texts.dialogues.INCIDENT)
def open_case(ctx: Context, proposal: Proposal, said: Case) -> Reply:
    """The case is opened, and the coordinators are told in the same step."""
    campaign, author = ctx.campaign, ctx.confirming(proposal.id)
    incidents = ctx.store.incidents
    case = incidents.opened(campaign.id, author.op_id)
    if case is None:
        number = incidents.next_number(campaign.id)
        text, places = said.text, _places(ctx, said.text)
        region = next(iter(places)) if len(places) == 1 else ""
        case = incidents.open(campaign, author, number, text, region, _notices(ctx, number, text))
    return Reply(texts.incidents.incident_opened(campaign, case))


def open_quietly(ctx: Context, region: str, said: str) -> None:
    """A case of a message that was no complaint: those who look after the region (id) are told, once a message."""
    campaign, author, incidents = ctx.campaign, ctx.author("case"), ctx.store.incidents
    if incidents.opened(campaign.id, author.op_id) is None:
        number, text = incidents.next_number(campaign.id), said[:LONGEST]
        incidents.open(campaign, author, number, text, region, _notices(ctx, number, text))


def _propose(ctx: Context, said: str) -> Reply:
    text = said[:LONGEST]
    question = texts.incidents.ask_incident_yes(ctx.campaign, text, any(_to_tell(ctx, text)))
    return for_a_yes(question, propose(ctx, Case(text)))


def _says_nothing(said: str) -> bool:
    """Whether the words only announce a report: `我要投诉你们`."""
    return len(_SAYS_NOTHING.sub("", squash(said))) < SHORTEST


def _notices(ctx: Context, number: str, text: str) -> list[Notification]:
    """One notice to everybody who is to be told."""
    campaign = ctx.campaign
    told = texts.incidents.incident_notice(campaign, number, text)
    return [
        notification(f"{campaign.id}:incident:{number}:{person}", campaign, "incident", person, told, ctx.now)
        for person in _to_tell(ctx, text)
    ]


def _to_tell(ctx: Context, text: str) -> list[str]:
    """Who has a role in the whole campaign, or in the region that is named or that her teams belong to; never she."""
    campaign: Campaign = ctx.campaign
    places = {place for region in _places(ctx, text) for place in campaign.region_path(region)}
    return [
        person
        for person, grants in ctx.store.people.coordinators(campaign.id).items()
        if person != ctx.person.id and any(not grant.region or grant.region in places for grant in grants)
    ]


def _places(ctx: Context, text: str) -> set[str]:
    """The region that is named, or those of her teams."""
    if named := find_region(ctx.campaign, text)[0]:
        return {named.id}
    return {team.region for team in ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)}
