"""Registering a team: in one line when nothing is open, else one question at a time; `算了` leaves."""

from collections.abc import Callable
from dataclasses import replace

from handlers import places, projects, rosters, texts, unit_names
from handlers.alike import alike
from handlers.drafts import Draft, ask, begun, draft_of, filled, renamed, resume
from handlers.entering import enter, require_open, there_already
from handlers.hearing import ear_of, said_as
from handlers.language.names import find_region, is_short_for, unit_key
from handlers.language.non_answers import to_be_changed
from handlers.language.persons import may_be_name
from handlers.language.places import strip_area
from handlers.language.units import ends_like_a_unit, looks_like_unit
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.running import named_in_line
from handlers.understand.answers import (
    captain_in,
    is_a_slip,
    is_a_word,
    is_digits,
    leaves_it_out,
    non_answer,
    number_chosen,
    read_registration,
)
from handlers.understand.reading import read
from handlers.understand.readings import Ask, Registration, intent_of
from storage.campaign_document import Project, Region

router = Router()
CHAT = ("impatience", "greeting", "thanks")
NAMED_IN_PASSING = ("unknown", "thanks", "contact", "register")
"""What an answer that names a captain may look like besides: `李敏，谢谢`."""


@router.command("组队", "报名", "登记", "注册", "补录", summary="组队 单位名称 县区 项目 队长姓名 电话")
@router.intent("register")
def register(ctx: Context) -> Reply:
    """Read as much as the line holds, and ask for the rest."""
    ctx, decided = _in_campaign_named(ctx)
    require_open(ctx)
    read = said_as(ctx, "register", ctx.args)
    if not isinstance(read, Registration):
        raise TypeError(f"no registration was read: {read}")
    if _is_a_telephone_alone(read) and ctx.membership.codes and is_digits(ctx.message.text):
        return Reply(texts.telephones.telephone_alone(read.phone), conversation=ctx.conversation)
    draft = replace(begun(ctx, read), decided=decided)
    said = non_answer(ctx.args) if not draft.unit and ctx.args else None
    if said and said != "talk":
        reply = ask(texts.registering.instead_of_an_answer(said, "teams.unit", ctx.campaign), "teams.unit", draft)
    else:
        reply = unit_names.ask_about_words_left(draft, read) or _proceed(ctx, draft)
    given_up = draft_of(ctx.conversation)
    if given_up is None or not given_up.unit or given_up.unit == draft.unit:
        return reply
    return replace(reply, text=f"{texts.teams.draft_given_up(given_up.unit)}\n{reply.text}")


def _is_a_telephone_alone(read: Registration) -> bool:
    return bool(read.phone) and not (read.unit or read.captain or read.region or read.project)


@router.state("teams.unit", reminder=texts.dialogues.UNIT)
def take_unit(ctx: Context) -> Reply:
    ctx, draft = resume(ctx)
    if said := _no_answer(ctx, "teams.unit"):
        return said
    if _is_chat(ctx):
        raise UserError(texts.registering.ask_name(ctx.campaign))
    read = read_registration(ctx.campaign, ctx.args)
    draft = filled(renamed(draft, read.unit or unit_names.clean_name(ctx.args)), read)
    reason = looks_like_unit(ctx.campaign, draft.unit, draft.captain)
    if reason and reason not in ("nickname", "named", "person"):
        return _wrong(ctx, texts.teams.not_a_unit(reason))
    return unit_names.ask_about_words_left(draft, read) or _proceed(ctx, draft)


@router.state(unit_names.PICK_A_NAME, reminder=texts.dialogues.RENAME)
def take_suggestion(ctx: Context) -> Reply:
    """One of the names offered, or another that she types."""
    ctx, draft = resume(ctx)
    chosen = unit_names.picked(ctx, draft)
    return take_unit(ctx) if chosen is None else _proceed(ctx, chosen)


@router.state(places.STATE, reminder=texts.dialogues.REGION)
def take_region(ctx: Context) -> Reply:
    ctx, draft = resume(ctx)
    within = ctx.conversation.data.get("within", "") if ctx.conversation else ""
    regions = places.offered(ctx.campaign, within)
    number = number_chosen(ctx.args, len(regions))
    if number is not None:
        return _of_line(ctx, draft, regions[number], within)
    if besides := _said_besides(ctx, draft, places.STATE):
        return besides
    region = find_region(ctx.campaign, ctx.args)[0]
    if region is None:
        return _wrong(ctx, texts.teams.no_such_region(places.names(ctx.campaign, regions, within)))
    return _proceed(ctx, replace(draft, region=region.id))


def _of_line(ctx: Context, draft: Draft, region: Region, within: str) -> Reply:
    """The place of a line; where others lie in it, of which it was not one itself, those are offered."""
    if region.id != within and places.offered(ctx.campaign, region.id):
        return places.ask(ctx.campaign, draft, region.id)
    return _proceed(ctx, replace(draft, region=region.id))


@router.state(projects.STATE, reminder=texts.dialogues.PROJECT)
def take_project(ctx: Context) -> Reply:
    ctx, draft = resume(ctx)
    if besides := _said_besides(ctx, draft, projects.STATE):
        return besides
    said = projects.project_said(ctx, draft)
    return _proceed(ctx, replace(draft, project=said.id)) if isinstance(said, Project) else said


@router.state("teams.unfit", reminder=texts.dialogues.ALIKE)
def take_fit(ctx: Context) -> Reply:
    """Whether the project stands although its document names other units; another project may be named at once."""
    ctx, draft = resume(ctx)
    if number_chosen(ctx.args, 2) is None and (besides := _said_besides(ctx, draft, "teams.unfit")):
        return besides
    return _proceed(ctx, projects.fit_said(ctx, draft))


@router.state("teams.captain", reminder=texts.dialogues.CAPTAIN)
def take_captain(ctx: Context) -> Reply:
    """Her name, her telephone or both; the line of the next unit begins a registration of its own."""
    ctx, draft = resume(ctx)
    if leaves_it_out(ctx.args):
        return _proceed(ctx, replace(draft, asked_captain=True))
    if besides := _said_besides(ctx, draft, "teams.captain"):
        return besides
    read = captain_in(ctx.campaign, ctx.args)
    if not read.phone and not (may_be_name(read.captain) and _names_in_passing(ctx)):
        return _wrong(ctx, texts.teams.not_a_captain())
    captain = "" if is_a_word(read.captain) else read.captain
    return _proceed(ctx, replace(draft, captain=captain, phone=read.phone, asked_captain=True))


@router.state("teams.alike", reminder=texts.dialogues.ALIKE)
def take_alike(ctx: Context) -> Reply:
    number = number_chosen(ctx.args, 2)
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(2))
    ctx, draft = resume(ctx)
    if number == 0:
        known = ctx.conversation.data["alike"] if ctx.conversation else ""
        draft = replace(draft, unit=known)
    return _proceed(ctx, replace(draft, apart=True))


def _wrong(ctx: Context, said: str) -> Reply:
    """What a step does not take. Raises `UserError` for a sentence, which may be another matter; a word never is."""
    if is_a_slip(ctx.args):
        return Reply(said, conversation=ctx.conversation)
    raise UserError(said)


def _in_campaign_named(ctx: Context) -> tuple[Context, bool]:
    """The campaign whose county or project the line names where that is one and another than the one meant."""
    named = named_in_line(ctx.offered, ctx.args)
    if len(named) != 1 or named[0] == ctx.chosen:
        return ctx, False
    return replace(ctx, chosen=named[0], reading=None), True


def _no_answer(ctx: Context, state: str) -> Reply | None:
    """One sentence to `请稍等` or `我问一下领导`, which answer nothing; the question waits."""
    said = non_answer(ctx.args)
    if said is None:
        return None
    return Reply(texts.registering.instead_of_an_answer(said, state, ctx.campaign), conversation=ctx.conversation)


def _said_besides(ctx: Context, draft: Draft, state: str) -> Reply | None:
    """What an answer says that is not what was asked for; None where it may be the answer.

    Nothing yet, another turn at an earlier question, the full name of her unit, another project or county, or the
    registration of another unit.
    """
    if slot := to_be_changed(ctx.args):
        return _proceed(ctx, _AGAIN[slot](draft))
    if said := _no_answer(ctx, state):
        return said
    read = read_registration(ctx.campaign, ctx.args)
    if _names_another(ctx, draft, read):
        return _under_the_name(ctx, draft, read, state)
    if state != "teams.captain" and read.phone and not (read.unit or read.region or read.project):
        return _proceed(ctx, filled(draft, read))
    if state != places.STATE and read.region and read.region.id != draft.region and not (read.captain or read.phone):
        return _changed(ctx, replace(draft, region=read.region.id), read.region.name)
    other = read.project if state in ("teams.captain", "teams.unfit", places.STATE) else None
    if other and other.id != draft.project and not read.region:
        return _changed(ctx, filled(replace(draft, project=other.id, fits=""), read), other.name)
    return None


_AGAIN: dict[str, Callable[[Draft], Draft]] = {
    "unit": lambda draft: renamed(draft, ""),
    "region": lambda draft: replace(draft, region=""),
    "project": lambda draft: replace(draft, project="", fits=""),
    "captain": lambda draft: replace(draft, captain="", phone="", asked_captain=False),
}
"""What is forgotten when a question is to be asked again."""


def _changed(ctx: Context, draft: Draft, name: str) -> Reply:
    reply = _proceed(ctx, draft)
    return replace(reply, text=f"{texts.registering.changed_to(name)}\n{reply.text}")


def _under_the_name(ctx: Context, draft: Draft, read: Registration, state: str) -> Reply:
    """A full name takes the place of a short one; a whole line of another unit is a registration; else it is asked."""
    if is_short_for(ctx.campaign, draft.unit, read.unit):
        return _proceed(ctx, filled(replace(renamed(draft, read.unit), region=""), read))
    whole = read.project or read.captain or read.phone or (read.region and state == "teams.captain")
    if whole and (read.region or read.project):
        return register(replace(ctx, reading=None))
    return unit_names.ask_which(filled(draft, read), read.unit)


def _names_another(ctx: Context, draft: Draft, read: Registration) -> bool:
    """Whether an answer holds a unit's name that is not the draft's: with a place, or the draft's in full."""
    if not read.unit or not ends_like_a_unit(read.unit) or looks_like_unit(ctx.campaign, read.unit):
        return False
    if unit_key(ctx.campaign, read.unit) == unit_key(ctx.campaign, draft.unit):
        return False
    placed = read.region or strip_area(ctx.campaign, read.unit) != read.unit
    return bool(placed) or is_short_for(ctx.campaign, draft.unit, read.unit)


def _is_chat(ctx: Context) -> bool:
    """Whether an answer is impatience or a courtesy, and no unit's name."""
    said = read(ctx.args, ear_of(ctx))
    return isinstance(said, Ask) and not said.faint and said.intent in CHAT and not ends_like_a_unit(ctx.args)


def _names_in_passing(ctx: Context) -> bool:
    """Whether nothing else is heard in a name, or only faintly."""
    heard = read(ctx.args, ear_of(ctx))
    return intent_of(heard) in NAMED_IN_PASSING or (isinstance(heard, Ask) and heard.faint)


def _proceed(ctx: Context, draft: Draft) -> Reply:
    """Ask for the first thing that is missing, or enter the team."""
    campaign = ctx.campaign
    if not draft.unit:
        return ask(texts.registering.ask_name(campaign), "teams.unit", draft)
    known_by_roster = rosters.recognised(ctx, draft)
    if isinstance(known_by_roster, Reply):
        return known_by_roster
    draft = known_by_roster
    if asked := unit_names.ask_about_name(ctx, draft):
        return asked
    if not draft.region:
        places.require_one(campaign, ctx.args)
        return places.ask(campaign, draft)
    if not draft.project:
        return rosters.suggested(ctx, draft) or projects.ask_project(campaign, draft)
    if asked := projects.ask_about_fit(campaign, draft):
        return asked
    key = unit_key(campaign, draft.unit)
    if not draft.apart:
        known = next(iter(alike(ctx, draft.region, draft.unit, key)), None)
        if known:
            return ask(texts.teams.ask_alike(draft.unit, known), "teams.alike", draft, alike=known.unit)
    if not draft.asked_captain:
        there = there_already(ctx, draft, key)
        return there or ask(texts.teams.ask_captain(), "teams.captain", draft)
    return enter(ctx, draft, key)
