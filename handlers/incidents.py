"""舆情 举报 投诉 冒充: taken down after one confirmation, with a case number and how many it reached."""

from dataclasses import replace

from handlers import case_notices, cases, texts
from handlers.language.called import holds_name
from handlers.language.names import find_one_region
from handlers.meant import in_campaign
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, proposal_of, propose
from handlers.router import Router
from handlers.rulebook.questions import Found
from handlers.rules import answer_question, asked
from handlers.understand.answers import non_answer
from handlers.wishes.complaints import asks_for_the_day, denies, is_about_a_case, read_complaint, says_nothing
from handlers.writes import Case, Proposal
from storage.matters import Incident
from storage.models.people import Conversation

router = Router()
ASK_TEXT = "incidents.text"
LONGEST = 300
"""Characters of a report that are kept."""


@router.command("舆情", "举报", "投诉", "冒充", summary="举报 / 投诉 / 舆情 / 冒充 情况：登记并通知协调员", aside=True)
@router.intent("incident")
def take_down(ctx: Context) -> Reply:
    """Somebody complains or warns. What the rulebook answers is answered from it, the rest is proposed as a case."""
    said = ctx.message.text.strip()
    if ctx.membership.roles and asks_for_the_day(said):
        return cases.daily_line(ctx)
    if denies(said):
        return Reply(texts.incidents.nothing_reported())
    if is_about_a_case(said):
        if ctx.membership.roles:
            return cases.show_cases(replace(ctx, args=""))
        return Reply(texts.incidents.call_about_case(ctx.campaign))
    if ctx.said.asks and isinstance(asked(ctx.campaign, said), Found):
        return answer_question(ctx, said)
    if says_nothing(said):
        data = {"campaign": ctx.campaign.id, "word": said}
        return Reply(texts.incidents.ask_incident(), conversation=Conversation(state=ASK_TEXT, data=data))
    return _propose(ctx, said)


@router.state(ASK_TEXT, reminder=texts.dialogues.INCIDENT_TEXT)
def take_text(ctx: Context) -> Reply:
    """What happened, said after the bare word."""
    if says_nothing(ctx.message.text) or non_answer(ctx.message.text):
        raise UserError(texts.incidents.ask_incident())
    begun = ctx.conversation.data["campaign"] if ctx.conversation else ""
    return _propose(in_campaign(ctx, begun), ctx.message.text.strip())


def _not_told_yet(conversation: Conversation) -> str:
    said = proposal_of(conversation).write
    return texts.dialogues.incident(said.text if isinstance(said, Case) else "")


@on_yes(router, Case, reminder=_not_told_yet, declines=denies)
def open_case(ctx: Context, proposal: Proposal, said: Case) -> Reply:
    """The case is opened, and those who look after it are told in the same step."""
    campaign, author = ctx.campaign, ctx.confirming(proposal.id)
    incidents = ctx.store.incidents
    case = incidents.done(campaign.id, author.op_id)
    if case is None:
        heard = _case(ctx, said.text).model_copy(update={"number": incidents.next_number(campaign.id)})
        people = list(case_notices.who_sees(ctx.store, campaign, heard))
        heard = heard.model_copy(update={"told": len(people)})
        case = incidents.open(campaign, author, heard, case_notices.opened(campaign, heard, people))
    return Reply(texts.incidents.incident_opened(campaign, case))


def open_quietly(ctx: Context, region: str, said: str) -> None:
    """A case of a message that was no complaint: those who look after the region (id) are told, once a message."""
    campaign, author, incidents = ctx.campaign, ctx.author("case"), ctx.store.incidents
    if incidents.done(campaign.id, author.op_id) is None:
        told = {"number": incidents.next_number(campaign.id), "region": region}
        heard = _case(ctx, said[:LONGEST]).model_copy(update=told)
        people = list(case_notices.who_sees(ctx.store, campaign, heard))
        heard = heard.model_copy(update={"told": len(people)})
        incidents.open(campaign, author, heard, case_notices.opened(campaign, heard, people))


def _propose(ctx: Context, said: str) -> Reply:
    text = said[:LONGEST]
    case = _case(ctx, text)
    anybody = bool(case_notices.who_sees(ctx.store, ctx.campaign, case))
    question = texts.incidents.ask_incident_yes(ctx.campaign, case, anybody)
    return for_a_yes(question, propose(ctx, Case(text)))


def _case(ctx: Context, text: str) -> Incident:
    """What her words would become: where it is, what it is about, and whom it accuses."""
    campaign = ctx.campaign
    region = _place(ctx, text)
    complaint = read_complaint(campaign, text, region)
    return Incident(
        number="",
        at=ctx.now,
        by=ctx.person.id,
        region=region,
        level=complaint.level,
        text=text,
        told=0,
        sort=complaint.sort,
        accused=complaint.accused,
        teams=_teams(ctx, text),
    )


def _place(ctx: Context, text: str) -> str:
    """The region that is named, that of all her teams, or of the one she spoke of last; '' where none tells."""
    if named := find_one_region(ctx.campaign, text):
        return named.id
    hers = {team.region for team in ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)}
    if len(hers) == 1:
        return next(iter(hers))
    return ctx.last_team.region if ctx.last_team and ctx.last_team.code in ctx.membership.codes else ""


def _teams(ctx: Context, text: str) -> tuple[str, ...]:
    """The teams whose captains it may be about: her own, and those led by a coordinator that the words name."""
    offices = ctx.store.people.offices(ctx.campaign.id).values()
    led = [code for membership in offices for code in membership.codes]
    named = [t.code for t in ctx.store.teams.many(ctx.campaign.id, led) if holds_name(text, (t.unit,))]
    return tuple(sorted({*ctx.membership.codes, *named}))
