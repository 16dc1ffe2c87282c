"""The router: which handler answers a message. Event, next page, what `read` says, open dialogue, did you mean."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from handlers import choices, pages, texts
from handlers.messages import Audience, CampaignNeeded, Context, Reply, UserError, Word
from handlers.understand.chain import is_list, may_be_list
from handlers.understand.courtesies import asks_beneath, beneath
from handlers.understand.list_lines import calls
from handlers.understand.reading import Ask, Correction, Reading, Registration, Report, Retraction, Unsure, read
from handlers.understand.sound import sounds_alike
from handlers.understand.text import fold, is_question, normalise, squash
from handlers.understand.words import WORDS
from storage.models import Conversation

Entry = TypeVar("Entry")
Handler = Callable[[Context], Reply]
Reminder = str | Callable[[Conversation], str]
ENDS_A_DIALOGUE = (Report, Correction, Retraction, Registration)
"""Readings that, like the commands of the same meaning, take the place of the dialogue that was open."""
ENDING_INTENTS = frozenset({"cancel", "leave"})
NOT_BESIDE_A_QUESTION = frozenset({"confirm", "thanks", "more", "greeting", "impatience", "off_topic", "nothing"})
"""What is no other matter where a question is open."""
WHICH = "router.which"
ANSWERED_EVENTS = frozenset({"subscribe", "scan", "click", "scancode_waitmsg"})
"""The events that may be answered (wechat-platform §2.3); what a handler says to another is not shown."""
TEXT_LIMIT, LIST_LIMIT = 2000, 12_000
"""Characters of a message that are read; a longer one is turned down before any expression is matched."""
LONGEST_WORD = 6
"""Characters of the longest word that is looked for by its sound."""
SEPARATORS = " ,，、:：;；\n\t"


@dataclass(frozen=True, slots=True)
class Command:
    """One word and what answers it.

    `accepts` decides whether a remainder that follows without a separator makes it this command. `aside`: it may be
    said in the middle of a dialogue, which stays open.
    """

    word: str
    handler: Handler
    summary: str
    audience: Audience
    aside: bool
    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class State:
    """A step of a dialogue: who takes the answer, and the sentence that reminds of it.

    `passing`: an offer that is forgotten with any answer but one that `passing` takes.
    """

    handler: Handler
    reminder: Reminder
    passing: Callable[[str], bool] | None = None


def _nothing(_remainder: str) -> bool:
    return False


class Router:
    """Tables from words, events, dialogue states and intents to handlers. A name taken twice is an error at import."""

    def __init__(self) -> None:
        self.commands: dict[str, Command] = {}
        self.events: dict[str, Handler] = {}
        self.states: dict[str, State] = {}
        self.intents: dict[str, Handler] = {}

    def command(
        self,
        *words: str,
        summary: str = "",
        audience: Audience = "all",
        aside: bool = False,
        accepts: Callable[[str], bool] = _nothing,
    ) -> Callable[[Handler], Handler]:
        """Register a handler for words; the first word carries the summary that 帮助 prints."""

        def register(handler: Handler) -> Handler:
            for i, word in enumerate(words):
                shown = summary if i == 0 else ""
                self._add(self.commands, squash(word), Command(word, handler, shown, audience, aside, accepts))
            return handler

        return register

    def event(self, name: str) -> Callable[[Handler], Handler]:
        return self._registrar(self.events, name)

    def state(
        self, name: str, reminder: Reminder, passing: Callable[[str], bool] | None = None
    ) -> Callable[[Handler], Handler]:
        """Register a step of a dialogue, with the sentence that reminds of it."""

        def register(handler: Handler) -> Handler:
            self._add(self.states, name, State(handler, reminder, passing))
            return handler

        return register

    def intent(self, *names: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            for name in names:
                self._add(self.intents, name, handler)
            return handler

        return register

    def include(self, *others: "Router") -> None:
        for other in others:
            for name, command in other.commands.items():
                self._add(self.commands, name, command)
            for key, state in other.states.items():
                self._add(self.states, key, state)
            for mine, theirs in ((self.events, other.events), (self.intents, other.intents)):
                for name, handler in theirs.items():
                    self._add(mine, name, handler)

    def answer(self, ctx: Context) -> Reply:
        """The reply to one message. Store errors and programming errors pass through to the caller's border.

        How many replies running answered nothing is remembered, so that none of them is said twice.
        """
        reply = self._answer(ctx)
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
        longer = len(message.text) > TEXT_LIMIT and _is_list(ctx, message.text[:TEXT_LIMIT])
        if len(message.text) > (limit := LIST_LIMIT if longer else TEXT_LIMIT):
            return Reply(texts.receiving.too_long(limit), conversation=ctx.conversation)
        return self._guarded(ctx, normalise(message.text))

    @cached_property
    def vocabulary(self) -> tuple[Word, ...]:
        """Every word, in order of registration; 帮助 prints those with a summary."""
        return tuple(Word(c.word, c.summary, c.audience) for c in self.commands.values())

    def _guarded(self, ctx: Context, text: str) -> Reply:
        """A user's mistake keeps the dialogue open; what is not clear is asked."""
        try:
            return self._answer_text(ctx, text)
        except UserError as error:
            return Reply(error.text, conversation=ctx.conversation)
        except CampaignNeeded:
            return choices.ask_campaign(ctx)
        except choices.RoleChanged:
            return Reply(texts.choices.role_changed())
        except choices.TeamNeeded as needed:
            return choices.ask_team(ctx, needed.teams)

    def find(self, text: str) -> tuple[Command, str] | None:
        """The command a message is, and its arguments: as it stands, or beneath its courtesies.

        What asks, or asks to be shown something, is only a command that shows.
        """
        if found := self._find_plain(text):
            return found
        if WORDS.get(fold(text)) == "confirm":
            return None
        for headless, bare, looking in beneath(text):
            alone = self._find_plain(bare)
            found = alone if alone and not alone[1] else self._find_plain(headless)
            if found and (found[0].aside or not (looking or asks_beneath(text))):
                return found
        return None

    def _find_plain(self, text: str) -> tuple[Command, str] | None:
        """The longest word alone, separated, or accepting the rest."""
        for end in range(min(len(text), 12), 0, -1):
            command = self.commands.get(fold(text[:end]))
            if command is None or not text[end - 1].isalnum():
                continue
            rest = text[end:]
            arguments = rest.lstrip(SEPARATORS).strip()
            if not arguments or rest[0] in SEPARATORS or command.accepts(arguments):
                return command, arguments
        return None

    def _answer_text(self, ctx: Context, text: str) -> Reply:
        if turned := pages.turned(ctx.conversation, text):
            return turned
        ctx = self._without_passing(ctx, text)
        if _is_list(ctx, ctx.message.text):
            return self.intents["chain"](replace(ctx, args=text))
        reading = self._read(ctx)
        if isinstance(reading, Report) and reading.whole and not reading.doubted and _is_headed(text, self):
            return self._by_reading(ctx, reading, text)
        if isinstance(reading, Report) and calls(text):
            return self._by_reading(ctx, reading, text)
        found = self.find(text)
        if found and found[0].handler is self.intents.get("report") and isinstance(reading, Correction | Retraction):
            return self._by_reading(ctx, reading, text)
        told = isinstance(reading, Report) and reading.whole and not reading.doubted
        if found and ((told and found[0].aside) or (ctx.conversation and self._is_kind_alone(*found))):
            found = None
        if found and (not found[1] or not is_question(text) or found[0].aside):
            return self._by_command(ctx, *found)
        if ctx.conversation and not is_question(text):
            return self._continue(ctx, text, reading)
        if self._misspelt(text):
            return self._beside(ctx, self.intents["unknown"](replace(ctx, args=text)))
        return self._beside(ctx, self._by_reading(ctx, reading, text))

    def _is_kind_alone(self, command: Command, arguments: str) -> bool:
        """Whether a message is a word of reporting without a figure (累计, 线下), which may answer what is open."""
        return not arguments and command.handler is self.intents.get("report")

    def _misspelt(self, text: str) -> bool:
        """Whether a short message is no word but sounds like one, which is offered before anything is done."""
        said = squash(text)
        if not 2 <= len(said) <= LONGEST_WORD or said in WORDS:
            return False
        return any(sounds_alike(said, word) for word in self.commands)

    def _without_passing(self, ctx: Context, text: str) -> Context:
        """What waits for nothing but 更多 or a number is forgotten with any other answer."""
        if ctx.conversation and ctx.conversation.state == pages.READING:
            ctx = replace(ctx, conversation=ctx.conversation.below)
        if ctx.conversation and (takes := self._passing(ctx.conversation.state)) and not takes(text):
            ctx = replace(ctx, conversation=ctx.conversation.below)
        return ctx

    def _passing(self, state: str) -> Callable[[str], bool] | None:
        """What an offer takes that is forgotten with any other answer; None for a question that stays open."""
        if state == WHICH:
            return choices.is_number
        return self.states[state].passing if state in self.states else None

    def _read(self, ctx: Context) -> Reading:
        """What the message is: in the campaign that is meant, else in the first in which it is anything."""
        campaigns = ctx.campaigns if ctx.chosen is None else (ctx.chosen,)
        if not campaigns:
            raise CampaignNeeded
        unsure = list[Unsure]()
        for campaign in campaigns:
            reading = read(ctx.message.text, choices.ear_of(replace(ctx, chosen=campaign)))
            if not isinstance(reading, Unsure):
                return reading
            unsure.append(reading)
        return next((reading for reading in unsure if reading.first), unsure[0])

    def _by_command(self, ctx: Context, command: Command, arguments: str) -> Reply:
        reply = command.handler(replace(ctx, args=arguments))
        return self._beside(ctx, reply) if command.aside else reply

    def _by_reading(self, ctx: Context, reading: Reading, text: str) -> Reply:
        """The handler of what was read. Of two wants that are equally likely she chooses."""
        reply = self._of_reading(replace(ctx, args=text), reading)
        complains = isinstance(reading, Report | Ask | Unsure) and reading.complaint
        return with_way_to_complain(reply) if complains else reply

    def _of_reading(self, ctx: Context, reading: Reading) -> Reply:
        match reading:
            case Report(claims, doubted):
                return self.intents["report"](replace(ctx, doubted=doubted, claims=claims if ctx.chosen else None))
            case Correction():
                return self.intents["correct"](ctx)
            case Retraction():
                return self.intents["retract"](ctx)
            case Registration():
                return self.intents["register"](ctx)
            case Ask(intent):
                return self.intents[intent](ctx)
            case Unsure(_, first, second) if first and second:
                offered = Conversation(state=WHICH, data=choices.said_so(ctx) | {"intents": [first, second]})
                return Reply(texts.welcome.which_want([first, second]), conversation=offered)
            case Unsure():
                return self.intents["unknown"](ctx)

    def _continue(self, ctx: Context, text: str, reading: Reading) -> Reply:
        """Hand the text to the open dialogue; when that ends, the one beneath it is open again."""
        conversation = ctx.conversation
        if conversation is None:
            raise ValueError("no dialogue is open")
        try:
            if conversation.state == choices.PICK:
                picked = choices.picked(ctx)
            elif conversation.state == WHICH:
                return self._wanted(ctx, conversation)
            else:
                reply = self.states[conversation.state].handler(replace(ctx, args=text))
        except UserError:
            if other := self._something_else(ctx, text, reading):
                return other
            raise
        if conversation.state == choices.PICK:
            reply = self.answer(picked)
            return replace(
                reply, remember=choices.named_now(picked, picked.campaign, picked.last_team) | reply.remember
            )
        if reply.conversation is None and conversation.below is not None:
            return replace(reply, conversation=conversation.below)
        return reply

    def _wanted(self, ctx: Context, conversation: Conversation) -> Reply:
        """She chose between two wants: her first message is answered as the one she chose."""
        data = conversation.data
        wants = [*data["intents"], "unknown"]
        number = choices.choice(ctx.message.text, len(wants))
        if number is None:
            raise UserError(texts.dialogues.choose_a_number(len(wants)))
        choices.require_same_roles(ctx, data)
        message = replace(ctx.message, text=data["text"], key=data["key"])
        ctx = replace(ctx, message=message, args=normalise(data["text"]), conversation=conversation.below)
        return self._beside(ctx, self.intents[wants[number]](ctx))

    def _something_else(self, ctx: Context, text: str, reading: Reading) -> Reply | None:
        """What the open dialogue does not take may plainly be another matter; a bare number never is."""
        if isinstance(reading, Report) and _is_told_anew(ctx, reading):
            return self._by_reading(ctx, reading, text)
        if squash(text).isdigit() or isinstance(reading, Unsure) or (isinstance(reading, Report) and not reading.whole):
            return None
        if isinstance(reading, Ask) and reading.intent in NOT_BESIDE_A_QUESTION:
            return None
        reply = self._by_reading(ctx, reading, text)
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
        if conversation.state in (choices.PICK, WHICH):
            return texts.dialogues.still_open(texts.dialogues.not_settled(conversation.data["text"]))
        said = self.states[conversation.state].reminder
        return texts.dialogues.still_open(said if isinstance(said, str) else said(conversation))

    def _registrar(self, table: dict[str, Handler], name: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self._add(table, name, handler)
            return handler

        return register

    @staticmethod
    def _add(table: "dict[str, Entry]", name: str, entry: "Entry") -> None:
        if name in table:
            raise ValueError(f"{name!r} is registered twice")
        table[name] = entry


def with_way_to_complain(reply: Reply) -> Reply:
    """One line more, to what answers something that may be a complaint besides: how it is reported.

    A question keeps its own end. A reply that says so already, or has no room, stays as it is.
    """
    line = texts.incidents.if_it_is_a_complaint()
    if not reply.text or "举报" in reply.text or len(f"{reply.text}\n{line}".encode()) > texts.wording.REPLY_BYTES:
        return reply
    return replace(reply, text=f"{line}\n{reply.text}" if reply.conversation else f"{reply.text}\n{line}")


def _is_told_anew(ctx: Context, reading: Report) -> bool:
    """Whether figures without a word of their kind take the place of those that wait for her yes."""
    waits = ctx.conversation is not None and ctx.conversation.proposes
    return waits and not reading.doubted and not reading.claims.unknown and not reading.claims.turns


def _is_headed(text: str, router: Router) -> bool:
    """Whether a report begins with one of its words, and so takes the place of an open dialogue."""
    report = router.intents.get("report")
    return any(
        (command := router.commands.get(fold(text[:end]))) is not None and command.handler is report
        for end in range(1, min(len(text), 6))
    )


def _is_list(ctx: Context, text: str) -> bool:
    """Whether a message is a pasted list, in the campaign that is meant."""
    return ctx.chosen is not None and may_be_list(text) and is_list(text, choices.ear_of(ctx))
