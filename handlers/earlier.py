"""An earlier message is answered once it is said what was not clear of it: which campaign, which team, which want."""

from dataclasses import replace

from handlers import choices, texts
from handlers.language.text import normalise
from handlers.messages import Again, Context, Reply, UserError
from handlers.router import WHICH, Router
from handlers.understand.answers import number_chosen
from storage.models.people import Conversation

router = Router()


def _not_settled(conversation: Conversation) -> str:
    return texts.dialogues.not_settled(conversation.data["text"])


@router.state(choices.PICK, reminder=_not_settled)
def pick(ctx: Context) -> Reply | Again:
    """She chose a campaign, a team or a place."""
    return Again(choices.picked(ctx))


@router.state(WHICH, reminder=_not_settled, passing=choices.is_number)
def choose_want(ctx: Context) -> Reply | Again:
    """She chose between two wants, or neither."""
    if ctx.conversation is None:
        raise ValueError("no wants were offered")
    data = ctx.conversation.data
    wants = [*data["intents"], "unknown"]
    number = number_chosen(ctx.message.text, len(wants))
    if number is None:
        raise UserError(texts.dialogues.choose_a_number(len(wants)))
    choices.require_same_roles(ctx, data)
    message = replace(ctx.message, text=data["text"], key=data["key"])
    earlier = replace(ctx, message=message, args=normalise(data["text"]), conversation=ctx.conversation.below)
    return Again(earlier, wants[number])
