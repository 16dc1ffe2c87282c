"""What is known of a registration so far, kept in the dialogue until nothing more is to be asked."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from handlers.meant import in_campaign
from handlers.messages import Context, Reply
from handlers.understand.readings import Registration
from storage.models.people import Conversation


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a registration so far. `apart`: she said that it is another unit than the one alike.

    `in_full`: a name of which she said that it is the unit's in full, whatever it looks like. `fits`: the project for
    which she registers although its document names other units. `decided`: the line itself named the campaign.
    `roles`: those under which it was begun, by which it is entered or not at all.
    """

    campaign: str
    unit: str = ""
    region: str = ""
    project: str = ""
    captain: str = ""
    phone: str = ""
    apart: bool = False
    asked_captain: bool = False
    in_full: str = ""
    fits: str = ""
    decided: bool = False
    roles: str = ""


def begun(ctx: Context, read: Registration) -> Draft:
    """What one line says."""
    return filled(Draft(campaign=ctx.campaign.id, unit=read.unit, roles=ctx.membership.roles), read)


def filled(draft: Draft, read: Registration) -> Draft:
    """The draft with what an answer says besides the unit, where nothing was known before."""
    return called(
        replace(
            draft,
            region=draft.region or (read.region.id if read.region else ""),
            project=draft.project or (read.project.id if read.project else ""),
        ),
        read.captain,
        read.phone,
    )


def called(draft: Draft, captain: str, phone: str = "") -> Draft:
    """The draft with a captain's name or telephone, so that neither is asked for; what was known before stands."""
    return replace(
        draft,
        captain=draft.captain or captain,
        phone=draft.phone or phone,
        asked_captain=draft.asked_captain or bool(captain or phone),
    )


def renamed(draft: Draft, unit: str) -> Draft:
    """The draft under another name of its unit; what was said of the old name holds no longer."""
    return replace(draft, unit=unit, in_full="", apart=False)


def ask(question: str, state: str, draft: Draft, **more: str | Sequence[str]) -> Reply:
    return Reply(question, conversation=Conversation(state=state, data={"draft": asdict(draft), **more}))


def resume(ctx: Context) -> tuple[Context, Draft]:
    """What was said so far, in the campaign in which it was said, whichever she spoke of since."""
    draft = draft_of(ctx.conversation)
    if draft is None:
        raise ValueError("no registration is open")
    return in_campaign(ctx, draft.campaign), draft


def draft_of(conversation: Conversation | None) -> Draft | None:
    """The registration that a dialogue is about, if it is about one."""
    data = conversation.data.get("draft") if conversation else None
    return Draft(**data) if data else None
