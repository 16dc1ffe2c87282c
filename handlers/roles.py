"""邀请 取消角色 我的权限: who may speak for which region, and what each may do."""

from collections.abc import Sequence

from handlers import pages, texts
from handlers.acts import roles as acts
from handlers.acts.actor import Actor
from handlers.messages import Audience, Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.understand.answers import number_chosen
from handlers.wishes.people import invited, names_a_role
from handlers.wishes.slots import begins_with_line, is_a_line
from handlers.writes import GiveBack, Proposal
from storage.models.people import Conversation
from storage.roles import Colleague, RoleTaken, may_grant
from storage.scenes import Scene

router = Router()
LIST = "roles.list"


@router.command("邀请", summary="邀请 县区 协调员 称呼", audience="organizer", accepts=names_a_role)
def invite(ctx: Context) -> Reply:
    """A one-time code that binds whoever sends it to a role within her own region."""
    _require_organizer(ctx)
    actor = _actor(ctx, "invite")
    said = invited(ctx.campaign, ctx.args)
    if said is None:
        raise UserError(texts.roles.how_to_invite(ctx.campaign))
    code = ctx.store.roles.offered(ctx.campaign.id, actor.author.op_id) or acts.invite(actor, said.grant, said.name)
    return Reply(texts.roles.invited(ctx.campaign, said.grant, said.name, code, _picture(ctx, code)))


def _picture(ctx: Context, code: str) -> str:
    """Where the code is seen as a picture; '' where the account makes none, or its pages have no address."""
    if not (ctx.site.scenes and ctx.site.address):
        return ""
    return f"{ctx.site.address}/follow/{ctx.store.scenes.ask(Scene(ctx.campaign.id, invitation=code))}"


@router.command(
    "取消角色", summary="取消角色：名单；取消角色 行号或称呼", audience="organizer", accepts=lambda said: len(said) < 30
)
def take_away(ctx: Context) -> Reply:
    """Takes one role of one person away, by the line of the list just shown or by her name; alone it is the list."""
    _require_organizer(ctx)
    actor = _actor(ctx, "revoke")
    if done := ctx.store.roles.done(ctx.campaign.id, actor.author.op_id):
        return _taken(ctx, done)
    within = [each for each in ctx.store.roles.colleagues(ctx.campaign.id) if _reaches(ctx, each)]
    said, reason = ctx.slots.first, ctx.slots.rest
    if not said:
        return _listed(ctx, within)
    if is_a_line(said):
        shown = _shown(ctx)
        number = number_chosen(said, len(shown))
        if number is None:
            return _listed(ctx, within)
        meant = [each for each in within if [each.person, each.grant.stored] == shown[number]]
    else:
        meant = [each for each in within if each.name == said]
    if not meant:
        raise UserError(texts.roles.nobody_so(said))
    if len(meant) > 1:
        return _listed(ctx, meant)
    return _taken(ctx, acts.take_away(actor, meant[0], reason))


@router.state(LIST, reminder=texts.dialogues.ROLES, passing=begins_with_line)
def take_line(ctx: Context) -> Reply:
    """The number of a line of the list just shown."""
    return take_away(ctx)


def _shown(ctx: Context) -> list[list[str]]:
    """The person and the role of each line of the list just shown."""
    shown = ctx.conversation
    return list(shown.data["lines"]) if shown and shown.state == LIST else []


def _listed(ctx: Context, colleagues: Sequence[Colleague]) -> Reply:
    campaign = ctx.campaign
    lines = [texts.roles.colleague_line(campaign, i, each) for i, each in enumerate(colleagues, start=1)]
    first, *rest = pages.paged(texts.roles.list_head(campaign, len(lines)), lines, texts.roles.how_to_take_away())
    data = {"lines": [[each.person, each.grant.stored] for each in colleagues], "pages": rest}
    return Reply(first, conversation=Conversation(state=LIST, data=data))


def _taken(ctx: Context, taken: RoleTaken) -> Reply:
    return Reply(texts.roles.taken(called(ctx, taken), told=taken.person != ctx.person.id))


def called(ctx: Context, taken: RoleTaken) -> str:
    """Whose role was taken away: office and name, as long as they are kept."""
    name = ctx.store.roles.former_name(ctx.campaign.id, taken.person)
    return texts.naming.colleague_name(ctx.campaign, taken.grant, name)


def propose_giving_back(ctx: Context, taken: RoleTaken) -> Reply:
    """The role that she took away last, and her yes for giving it back."""
    return for_a_yes(texts.roles.ask_give_back(called(ctx, taken)), propose(ctx, GiveBack(taken)))


@on_yes(router, GiveBack, reminder=texts.dialogues.UNDO)
def give_back(ctx: Context, proposal: Proposal, write: GiveBack) -> Reply:
    actor = Actor(ctx.store, ctx.campaign, ctx.confirming(proposal.id), ctx.membership)
    if ctx.store.ledger.outcome(ctx.campaign.id, actor.author.op_id) is None:
        acts.give_back(actor, write.taken)
    person = write.taken.person
    name = ctx.store.roles.names(ctx.campaign.id, [person]).get(person, "")
    return Reply(texts.roles.given_back(texts.naming.colleague_name(ctx.campaign, write.taken.grant, name)))


@router.command("我的权限", "我的角色", "我能做什么", summary="我的权限：您能做什么", aside=True)
@router.intent("my_role")
def my_rights(ctx: Context) -> Reply:
    """What she may do in the campaign that is meant, in which regions, with which words."""
    campaign, membership = ctx.campaign, ctx.membership
    teams = ctx.store.teams.many(campaign.id, membership.codes)
    name = ctx.store.roles.names(campaign.id, [ctx.person.id]).get(ctx.person.id, "")
    hers: dict[Audience, str] = {
        "organizer": texts.roles.rights_of_organizer() if _organizes(ctx) else "",
        "coordinator": texts.roles.rights_of_coordinator(campaign, membership.grants) if membership.roles else "",
        "captain": texts.roles.rights_of_captain(teams) if teams else "",
        "all": texts.roles.rights_of_all(),
    }
    words = texts.welcome.words_for(ctx.vocabulary, campaign)
    lines = [
        texts.roles.rights(head, [word.summary for word in words if word.summary and word.audience == audience])
        for audience, head in hers.items()
        if head
    ]
    return pages.opening(pages.paged(texts.roles.rights_head(campaign, name), lines, texts.roles.more_rights(campaign)))


def _reaches(ctx: Context, colleague: Colleague) -> bool:
    return may_grant(ctx.campaign, ctx.membership, colleague.grant.region)


def _actor(ctx: Context, verb: str) -> Actor:
    return Actor(ctx.store, ctx.campaign, ctx.author(verb), ctx.membership)


def _require_organizer(ctx: Context) -> None:
    if not _organizes(ctx):
        raise UserError(texts.roles.organizers_only(ctx.campaign))


def _organizes(ctx: Context) -> bool:
    return any(grant.role == "organizer" for grant in ctx.membership.grants)
