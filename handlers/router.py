"""The router: which handler answers a message. Event, next page, what `read` says, open dialogue, did you mean."""

from collections.abc import Callable
from dataclasses import replace

from handlers import choices, hearing, meant, pages, texts
from handlers.how_to import how_to
from handlers.language.places import SeveralPlaces
from handlers.language.text import normalise
from handlers.language.words import Intent
from handlers.messages import Again, CampaignNeeded, Context, Reply, UserError
from handlers.tables import Command, Tables
from handlers.understand.mended import Correction, Retraction, Unclear
from handlers.understand.reading import read, read_as
from handlers.understand.readings import (
    Answer,
    Ask,
    Chain,
    Counts,
    HowTo,
    Look,
    Misspelt,
    Reading,
    Registration,
    Report,
    TooLong,
    Unsure,
    WordAhead,
    intent_of,
)
from storage.ledger import Closed, Frozen
from storage.models.people import Conversation

ENDS_A_DIALOGUE = (Report, Counts, Chain, Correction, Unclear, Retraction, Registration)
"""Readings that, like the commands of the same meaning, take the place of the dialogue that was open."""
ENDING_INTENTS = frozenset({"cancel", "leave"})
NOT_BESIDE_A_QUESTION = frozenset({"confirm", "thanks", "more", "off_topic", "nothing"})
"""What is no other matter where a question is open."""
WHICH = "router.which"
ANSWERED_EVENTS = frozenset({"subscribe", "scan", "click", "scancode_waitmsg"})
"""The events that may be answered (wechat-platform §2.3); what a handler says to another is not shown."""


class Router(Tables):
    """Tables, and the way of a message through them."""

    def answer(self, ctx: Context) -> Reply:
        """The reply to one message. Store errors and programming errors pass through to the caller's border.

        How many replies running answered nothing is remembered, so that none of them is said twice.
        """
        reply = _with_besides(ctx, self._answer(ctx))
        if reply.idle:
            return replace(reply, remember={**reply.remember, "idle": str(ctx.person.idle + 1)})
        return replace(reply, remember={**reply.remember, "idle": None}) if ctx.person.idle else reply

    def _answer(self, ctx: Context) -> Reply:
        message = ctx.message
        if message.event == "click" and message.event_key.strip():
            message = replace(message, kind="text", text=message.event_key)
            ctx = replace(ctx, message=message)
        if message.kind == "event":
            handler = self.events.get(message.event)
            reply = handler(ctx) if handler else Reply(conversation=ctx.conversation)
            return reply if message.event in ANSWERED_EVENTS else replace(reply, text="")
        if message.kind not in ("text", "voice") or not message.text.strip():
            return Reply(texts.receiving.please_type(message.kind, ctx.chosen), conversation=ctx.conversation)
        return self._guarded(ctx, normalise(message.text))

    def _guarded(self, ctx: Context, text: str) -> Reply:
        """A user's mistake keeps the dialogue open; what is not clear is asked."""
        try:
            return self._answer_text(ctx, text)
        except UserError as error:
            return Reply(error.text, conversation=ctx.conversation)
        except Closed as closed:
            campaign = next(c for c in ctx.campaigns if c.id == str(closed))
            return Reply(texts.campaigns.closed(campaign))
        except Frozen as frozen:
            campaign = next(c for c in ctx.campaigns if c.id == str(frozen))
            return Reply(texts.campaigns.frozen(campaign, role=bool(ctx.membership.roles)))
        except CampaignNeeded:
            return choices.ask_campaign(self._without_a_look(ctx))
        except choices.RoleChanged:
            return Reply(texts.choices.role_changed())
        except SeveralPlaces as several:
            return choices.ask_place(ctx, several.name, several.places)
        except meant.TeamNeeded as needed:
            return choices.ask_team(ctx, needed.teams, needed.lines)

    def _without_a_look(self, ctx: Context) -> Context:
        """A look-up that waits only for its campaign gives way to what she asks next; what would write does not."""
        waits = ctx.conversation
        if waits is None or waits.state != choices.PICK or "codes" in waits.data:
            return ctx
        reading = self._read(
            replace(ctx, message=replace(ctx.message, text=waits.data["text"]), conversation=waits.below)
        )
        looks = isinstance(reading, WordAhead) and self.commands[reading.word].aside
        return replace(ctx, conversation=waits.below) if looks else ctx

    def _answer_text(self, ctx: Context, text: str) -> Reply:
        if turned := pages.turned(ctx.conversation, text):
            return turned
        ctx = self._without_passing(ctx, text)
        reading = self._read(ctx)
        if ctx.conversation and (put_aside := self._gives_way(ctx, ctx.conversation, reading)):
            ctx.besides.append(put_aside)
            return self._guarded(replace(ctx, conversation=ctx.conversation.below), text)
        match reading:
            case TooLong(limit):
                return Reply(texts.receiving.too_long(limit), conversation=ctx.conversation)
            case WordAhead(word, behind, otherwise):
                known = replace(ctx, reading=otherwise if ctx.chosen else None)
                return self._by_command(known, self.commands[word], behind)
            case (Chain() | Report(headed=True)) as plain:
                return self._by_reading(ctx, plain, text)
            case Answer() as answer if ctx.conversation:
                return self._answered(ctx, text, answer, ctx.conversation)
            case reading:
                return self._beside(ctx, self._by_reading(ctx, reading, text))

    def _answered(self, ctx: Context, text: str, answer: Answer, asked: Conversation) -> Reply:
        """What is said to an open question; who asks whether a yes is wanted is told that it is, and who asks to what,
        is asked again, or reminded where the question is not kept."""
        if answer.asks_what:
            return Reply(asked.asked or self.reminder(asked), conversation=asked)
        if not answer.asks_back:
            return self._continue(ctx, text, answer)
        if asked.proposes:
            return self._beside(ctx, Reply(texts.dialogues.waits_for_you()))
        return self._beside(ctx, self._by_reading(ctx, answer.otherwise, text))

    def _without_passing(self, ctx: Context, text: str) -> Context:
        """What waits for nothing but 更多 or a number is forgotten with any other answer."""
        if ctx.conversation and ctx.conversation.state == pages.READING:
            ctx = replace(ctx, conversation=ctx.conversation.below)
        if ctx.conversation and (takes := self._passing(ctx.conversation.state)) and not takes(text):
            ctx = replace(ctx, conversation=ctx.conversation.below)
        return ctx

    def _passing(self, state: str) -> Callable[[str], bool] | None:
        """What an offer takes that is forgotten with any other answer; None for a question that stays open."""
        return self.states[state].passing if state in self.states else None

    def _gives_way(self, ctx: Context, asked: Conversation, reading: Reading) -> str:
        """The line that says that an open question is put aside for what she said instead; '' where it is not."""
        gives_way = self.states[asked.state].gives_way if asked.state in self.states else None
        said = reading.otherwise if isinstance(reading, Answer | WordAhead) else reading
        return gives_way(ctx, said) if gives_way else ""

    def _read(self, ctx: Context) -> Reading:
        """What the message is: in the campaign that is meant, else in the first in which it is anything."""
        campaigns = ctx.offered if ctx.chosen is None else (ctx.chosen,)
        said = list[Reading]()
        for campaign in campaigns:
            ear = hearing.ear_in(ctx, campaign, self.heads, answering=ctx.conversation is not None)
            said.append(read(ctx.message.text, ear))
            if _is_plain(said[-1]):
                return said[-1]
        if not said:
            return self._drive_named(ctx)
        return next((reading for reading in said if _offers_two(reading)), said[0])

    def _drive_named(self, ctx: Context) -> Reading:
        """The name of a practice drive, where nothing else is published. Raises `CampaignNeeded`."""
        for drive in ctx.campaigns:
            if isinstance(named := read(ctx.message.text, hearing.ear_in(ctx, drive)), Ask) and named.behind:
                return named
        raise CampaignNeeded

    def _by_command(self, ctx: Context, command: Command, arguments: str) -> Reply:
        reply = command.handler(replace(ctx, args=arguments))
        return self._beside(ctx, reply) if command.aside else reply

    def _by_reading(self, ctx: Context, reading: Reading, text: str) -> Reply:
        """The handler of what was read. Of two wants that are equally likely she chooses."""
        reply = self._of_reading(ctx, reading, text)
        complains = isinstance(reading, Report | Ask | Unsure) and reading.complaint
        return with_way_to_complain(reply) if complains else reply

    def _of_reading(self, ctx: Context, reading: Reading, text: str) -> Reply:
        ctx = replace(ctx, args=text, reading=reading if ctx.chosen else None)
        match reading:
            case Unsure(numbers=True):
                return Reply(texts.dialogues.no_list_open(ctx.chosen))
            case Unsure(first, second) if first and second:
                offered = Conversation(state=WHICH, data=choices.said_so(ctx) | {"intents": [first, second]})
                return Reply(texts.welcome.which_want([first, second]), conversation=offered)
            case HowTo(want):
                return how_to(ctx, want)
            case Ask(intent, behind) if behind is not None:
                return self.intents[intent](replace(ctx, args=behind))
            case Chain():
                return self.intents["chain"](ctx)
            case Misspelt():
                return self.intents["unknown"](replace(ctx, reading=reading))
            case Look(said=said):
                return self.intents["look"](replace(ctx, args=said or ctx.args))
            case _:
                return self.intents[intent_of(reading)](ctx)

    def _continue(self, ctx: Context, text: str, answer: Answer) -> Reply:
        """Hand the text to the open dialogue; when that ends, the one beneath it is open again, and she is reminded."""
        conversation = ctx.conversation
        if conversation is None:
            raise ValueError("no dialogue is open")
        try:
            reply = self.states[conversation.state].handler(replace(ctx, args=text, reading=answer.otherwise))
        except UserError:
            if other := self._something_else(ctx, text, answer):
                return other
            raise
        if isinstance(reply, Again):
            return self._again(reply.ctx, reply.want)
        if reply.conversation is None and conversation.below is not None:
            return self._beside(replace(ctx, conversation=conversation.below), reply)
        return reply

    def _again(self, ctx: Context, want: Intent | None) -> Reply:
        """The answer to an earlier message; the campaign and the team that she chose are meant from now on."""
        if want is None:
            reply = self.answer(ctx)
            return replace(reply, remember=meant.named_now(ctx, ctx.campaign, ctx.last_team) | reply.remember)
        ear = hearing.ear_in(ctx, ctx.chosen or ctx.offered[0])
        return self._beside(ctx, self._of_reading(ctx, read_as(want, ctx.message.text, ear), ctx.args))

    def _something_else(self, ctx: Context, text: str, answer: Answer) -> Reply | None:
        """What the open dialogue does not take may plainly be another matter; a bare number never is.

        Who needs time (`请稍等`, `我问一下领导`) has it.
        """
        reading = answer.otherwise
        if answer.needs_time:
            return self._beside(ctx, Reply(texts.dialogues.no_hurry()))
        told_anew = isinstance(reading, Report) and _is_told_anew(ctx, reading)
        in_part = isinstance(reading, Unsure) or (isinstance(reading, Report) and not reading.whole)
        if not told_anew and (answer.digits or in_part):
            return None
        if isinstance(reading, Ask) and (reading.faint or reading.intent in NOT_BESIDE_A_QUESTION):
            return None
        if isinstance(reading, Look) and not reading.code:
            return None
        try:
            reply = self._by_reading(ctx, reading, text)
        except UserError as error:
            return self._beside(ctx, Reply(error.text))
        ends = isinstance(reading, ENDS_A_DIALOGUE) or (isinstance(reading, Ask) and reading.intent in ENDING_INTENTS)
        return reply if ends else self._beside(ctx, reply)

    def _beside(self, ctx: Context, reply: Reply) -> Reply:
        """Something said in the middle of a dialogue: it is answered, and the dialogue stays open beneath."""
        if ctx.conversation is None:
            return reply
        if reply.conversation is None:
            return replace(
                reply,
                text=f"{reply.text}\n\n{self.reminder(ctx.conversation)}",
                conversation=ctx.conversation,
            )
        return replace(reply, conversation=reply.conversation.model_copy(update={"below": ctx.conversation}))

    def reminder(self, conversation: Conversation) -> str:
        """The sentence that reminds of an open dialogue."""
        said = self.states[conversation.state].reminder
        return texts.dialogues.still_open(said if isinstance(said, str) else said(conversation))


def with_way_to_complain(reply: Reply) -> Reply:
    """One line more, to what answers something that may be a complaint besides: how it is reported.

    A question keeps its own end. A reply that says so already, or has no room, stays as it is.
    """
    line = texts.incidents.if_it_is_a_complaint()
    if not reply.text or "举报" in reply.text or len(f"{reply.text}\n{line}".encode()) > texts.wording.REPLY_BYTES:
        return reply
    return replace(reply, text=f"{line}\n{reply.text}" if reply.conversation else f"{reply.text}\n{line}")


def _with_besides(ctx: Context, reply: Reply) -> Reply:
    """The reply beneath what a handler had said above it, once each, where there is room."""
    text = "\n".join([*dict.fromkeys(ctx.besides), reply.text])
    fits = bool(reply.text) and len(text.encode()) <= texts.wording.REPLY_BYTES
    return replace(reply, text=text) if ctx.besides and fits else reply


def _is_plain(reading: Reading) -> bool:
    return not isinstance(reading.otherwise if isinstance(reading, Answer) else reading, Unsure)


def _offers_two(reading: Reading) -> bool:
    """Whether two wants are likely."""
    said = reading.otherwise if isinstance(reading, Answer) else reading
    return isinstance(said, Unsure) and bool(said.first)


def _is_told_anew(ctx: Context, reading: Report) -> bool:
    """Whether figures without a word of their kind take the place of those that wait for her yes."""
    waits = ctx.conversation is not None and ctx.conversation.proposes
    claims = reading.claims
    return waits and bool(claims.claims) and not (claims.sounds_like or claims.unknown or claims.turns)
