"""Is it a unit's name? What is asked about a name before a team bears it, and what the answer makes of it."""

from dataclasses import replace

from handlers import texts
from handlers.drafts import Draft, ask, called
from handlers.language.names import unit_key
from handlers.language.unit_spelling import cleaned
from handlers.language.units import (
    NoUnit,
    ends_like_a_unit,
    is_nobodys_name,
    looks_like_unit,
    unit_within,
)
from handlers.messages import Context, Reply
from handlers.understand.answers import number_chosen
from handlers.understand.readings import Registration

PICK_A_NAME = "teams.rename"
ANOTHER = ""
"""Stands among the names offered for one that she will type."""


def ask_about_words_left(draft: Draft, read: Registration) -> Reply | None:
    """Words beside the unit that nothing explains are asked about: nothing of a name is lost. None where none are."""
    if not read.left:
        return None
    if not read.unit:
        return ask(texts.registering.several_units(read.left), "teams.unit", draft)
    names = [name for name in (read.whole, read.unit) if name]
    return _pick(texts.registering.ask_which_name(read.left, names), draft, [*names, ANOTHER])


def ask_which(draft: Draft, other: str) -> Reply:
    """Another unit's name in answer to something else: which of the two is meant?"""
    names = [other, draft.unit]
    return _pick(texts.registering.which_of_two_names(names), draft, [*names, ANOTHER])


def ask_which_listed(draft: Draft, names: list[str]) -> Reply:
    """Several units on the roster are called so: which is meant?"""
    return _pick(texts.roster.ask_which(draft.unit, names), draft, [*names, ANOTHER])


def ask_about_name(ctx: Context, draft: Draft) -> Reply | None:
    """What is to be asked about the draft's name; None for a unit's name, or one of which she said that it is one."""
    reason = looks_like_unit(ctx.campaign, draft.unit, draft.captain)
    if reason:
        kept = draft.unit == draft.in_full and _may_be_in_full(ctx, draft, reason)
        return None if kept else _ask_for_a_unit(ctx, draft, reason)
    if ctx.campaign.registration.names == "people" and ends_like_a_unit(draft.unit):
        said = texts.registering.person_or_unit(draft.unit, ctx.campaign)
        return ask(said, "teams.unit", replace(draft, unit=""))
    if draft.unit == draft.in_full or ctx.campaign.registration.names != "units":
        return None
    if ends_like_a_unit(draft.unit) or _is_known(ctx, draft.unit):
        return None
    return _pick(texts.registering.ask_full_name(draft.unit), draft, [draft.unit, ANOTHER])


def picked(ctx: Context, draft: Draft) -> Draft | None:
    """The draft under the name she chose by its number, without one for another; None where she types a name."""
    data = ctx.conversation.data if ctx.conversation else {}
    number = number_chosen(ctx.args, len(data["names"]))
    if number is None:
        return None
    name = data["names"][number]
    if name == data.get("inside", ANOTHER) != ANOTHER:
        return called(replace(draft, unit=name), data["person"])
    return replace(draft, unit=name, in_full=name)


def _pick(question: str, draft: Draft, names: list[str], inside: str = "", person: str = "") -> Reply:
    return ask(question, PICK_A_NAME, draft, names=names, inside=inside, person=person)


def _ask_for_a_unit(ctx: Context, draft: Draft, reason: NoUnit) -> Reply:
    """A name that is no unit's: the rule, the unit inside it, and her own word where it may be one after all."""
    rule, typed = ctx.campaign.registration.team_name_rule, draft.unit
    if reason == "person" and _may_be_in_full(ctx, draft, reason):
        return _pick(texts.registering.ask_persons_name(typed, ctx.campaign), draft, [typed, ANOTHER])
    inside = unit_within(ctx.campaign, typed, draft.captain) if reason in ("nickname", "named") else None
    in_full = _may_be_in_full(ctx, draft, reason)
    if inside or in_full:
        unit, person = (inside.unit, "" if draft.captain else inside.person) if inside else ("", "")
        names = [*([unit] if inside else []), ANOTHER, *([typed] if in_full else [])]
        choices = [*(["inside"] if inside else []), "another", *(["in_full"] if in_full else [])]
        return _pick(texts.teams.suggest_unit(typed, choices, unit, person, rule), draft, names, unit, person)
    said = texts.teams.not_a_unit(reason)
    if reason in ("nickname", "person"):
        said = texts.teams.no_team_name(draft.unit, rule)
    return ask(said, "teams.unit", replace(draft, unit=""))


def _may_be_in_full(ctx: Context, draft: Draft, reason: NoUnit) -> bool:
    """Whether a name that looks like a person's may be the team's after all.

    A person's alone where the campaign lets people form teams; one with a person's in it where the unit bears it, and
    that is not the captain.
    """
    if reason == "person":
        return ctx.campaign.registration.names != "units" and not is_nobodys_name(draft.unit)
    if reason != "named":
        return False
    inside = unit_within(ctx.campaign, draft.unit, draft.captain)
    return inside is None or inside.person != draft.captain


def _is_known(ctx: Context, unit: str) -> bool:
    """Whether a unit of this name has a team, or the document names it among the organisers."""
    key = unit_key(ctx.campaign, unit)
    named = (name for organiser in ctx.campaign.organisers for name in (organiser.name, *organiser.aliases))
    return any(unit_key(ctx.campaign, name) == key for name in named) or bool(
        ctx.store.teams.named(ctx.campaign.id, key)
    )


def clean_name(typed: str) -> str:
    """A name as it is kept: as typed, without emoji and doubled blanks."""
    return cleaned(typed).strip("\"'“”#-+_~ ,、。;:")
