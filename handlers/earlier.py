"""An earlier message is answered once it is said what was not clear of it: which campaign, which team, which want."""

from dataclasses import replace

from handlers import choices, texts
from handlers.language.text import normalise
from handlers.messages import Again, Context, Reply, UserError
from handlers.router import WHICH, Router
from handlers.understand.answers import is_a_choice, is_of_its_own, number_chosen
from handlers.understand.readings import Reading, Report
from storage.models.people import Conversation

router = Router()


def _not_settled(conversation: Conversation) -> str:
    return texts.dialogues.not_settled(conversation.data["text"])


def _gives_way(ctx: Context, reading: Reading) -> str:
    """A figure of its own takes the place of what waits for its team, its campaign or its place: it chooses nothing for
    what was said before. Where no team is asked for, one that does not say what it is may be the name of a campaign."""
    waits = ctx.conversation
    if waits is None or is_a_choice(ctx.message.text) or not is_of_its_own(reading):
        return ""
    if isinstance(reading, Report) and not reading.whole and "codes" not in waits.data:
        return ""
    return texts.dialogues.put_aside(waits.data["text"])


@router.state(choices.PICK, reminder=_not_settled, gives_way=_gives_way)
def pick(ctx: Context) -> Reply | Again:
    """She chose a campaign, a team or a place; what tells a figure (`目标是1万`) chooses no team."""
    waits, said = ctx.conversation, ctx.reading
    tells = isinstance(said, Report) and said.claims.claims and not is_a_choice(ctx.message.text)
    if tells and waits and "codes" in waits.data:
        raise UserError(texts.dialogues.choose_a_number(len(waits.data["codes"])))
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
