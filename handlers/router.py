"""The router: which handler answers a message. Order: event, question, command, open conversation, intent, fallback."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from handlers import choices, pages, texts
from handlers.messages import Audience, CampaignNeeded, Context, Reply, UserError, Word
from handlers.understand.amounts import Figures, read_figures
from handlers.understand.chain import is_chain
from handlers.understand.dialect import standard
from handlers.understand.intent import Intent, may_turn, read_intent
from handlers.understand.text import fold, is_question, normalise, squash
from handlers.understand.wants import CONFIRM
from handlers.understand.wishes import as_said, undressed

Entry = TypeVar("Entry")
Handler = Callable[[Context], Reply]
ENDS_A_DIALOGUE = ("cancel", "report", "correct", "retract", "register", "leave")
"""Intents that, like the commands of the same meaning, take the place of the dialogue that was open."""
ANSWERED_EVENTS = frozenset({"subscribe", "scan", "click", "scancode_waitmsg"})
"""The events that may be answered (wechat-platform §2.3); what a handler says to another is not shown."""
TEXT_LIMIT, LIST_LIMIT = 2000, 12_000
"""Characters of a message that are read; a longer one is turned down before any expression is matched."""
SEPARATORS = " ,，、:：;；\n\t"


@dataclass(frozen=True, slots=True)
class Command:
    """One word and what answers it.

    `accepts` decides whether a remainder that follows without a separator (`进度3200元`) makes it this command.
    `aside`: it may be said in the middle of a dialogue, which stays open.
    """

    word: str
    handler: Handler
    summary: str
    audience: Audience
    aside: bool
    accepts: Callable[[str], bool]


def _nothing(_remainder: str) -> bool:
    return False


def _intent(ctx: Context, text: str) -> Intent:
    """What a text wants: in the campaign that is meant, else in the first in which it wants anything."""
    campaigns = ctx.campaigns if ctx.chosen is None else (ctx.chosen,)
    if not campaigns:
        raise CampaignNeeded
    return next((i for c in campaigns if (i := read_intent(c, text)) != "unknown"), "unknown")


def speaks_of_no_kind(text: str) -> bool:
    """Whether the figures of a text come without a word that says what they are."""
    figures = read_figures(text)
    return not isinstance(figures, Figures) or figures.kind == "bare"


class Router:
    """Tables from words, events, dialogue states and intents to handlers. A name taken twice is an error at import."""

    def __init__(self) -> None:
        self.commands: dict[str, Command] = {}
        self.events: dict[str, Handler] = {}
        self.states: dict[str, Handler] = {}
        self.passing: set[str] = set()
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

    def state(self, name: str, passing: bool = False) -> Callable[[Handler], Handler]:
        """Register a step of a dialogue. `passing`: an offer that is forgotten with any answer but a number."""
        if passing:
            self.passing.add(name)
        return self._registrar(self.states, name)

    def intent(self, *names: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            for name in names:
                self._add(self.intents, name, handler)
            return handler

        return register

    def include(self, *others: "Router") -> None:
        for other in others:
            self.passing |= other.passing
            for name, command in other.commands.items():
                self._add(self.commands, name, command)
            for mine, theirs in (
                (self.events, other.events),
                (self.states, other.states),
                (self.intents, other.intents),
            ):
                for name, handler in theirs.items():
                    self._add(mine, name, handler)

    def answer(self, ctx: Context) -> Reply:
        """The reply to one message. Store errors and programming errors pass through to the caller's border."""
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
        limit = LIST_LIMIT if "\n" in message.text and is_chain(message.text[:TEXT_LIMIT]) else TEXT_LIMIT
        if len(message.text) > limit:
            return Reply(texts.receiving.too_long(limit), conversation=ctx.conversation)
        return self._guarded(ctx, message.text)

    @cached_property
    def vocabulary(self) -> tuple[Word, ...]:
        """Every word, in order of registration; 帮助 prints those with a summary."""
        return tuple(Word(c.word, c.summary, c.audience) for c in self.commands.values())

    def _guarded(self, ctx: Context, text: str) -> Reply:
        """A user's mistake keeps the dialogue open; what is not clear is asked."""
        said = as_said(text)
        if said != normalise(text):
            ctx = replace(ctx, message=replace(ctx.message, text=said))
        try:
            return self._answer_text(ctx, said)
        except UserError as error:
            return Reply(error.text, conversation=ctx.conversation)
        except CampaignNeeded:
            return choices.ask_campaign(ctx)
        except choices.TeamNeeded as needed:
            return choices.ask_team(ctx, needed.teams)

    def find(self, text: str) -> tuple[Command, str] | None:
        """The command a message is, and its arguments: as it stands, or beneath its courtesies.

        What asks, or asks to be shown something, is only a command that shows. A word of consent is none.
        """
        if found := self._find_plain(text):
            return found
        if CONFIRM.search(standard(text)):
            return None
        for headless, bare, looking in undressed(text):
            alone = self._find_plain(bare)
            found = alone if alone and not alone[1] else self._find_plain(headless)
            if found and (found[0].aside or not (looking or is_question(text))):
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
        """A report word at the head of a sentence that takes a figure back, or tells of others, makes no report."""
        if turned := pages.turned(ctx.conversation, text):
            return turned
        if ctx.conversation and ctx.conversation.state == pages.READING:
            ctx = replace(ctx, conversation=ctx.conversation.below)
        if ctx.conversation and ctx.conversation.state in self.passing and choices.choice(text, 9) is None:
            ctx = replace(ctx, conversation=ctx.conversation.below)
        if is_chain(text):
            return self.intents["chain"](replace(ctx, args=text))
        found = self.find(text)
        reports = found and found[0].handler is self.intents.get("report")
        if reports and may_turn(text) and _intent(ctx, text) != "report":
            found = None
        if found and (not found[1] or not is_question(text) or found[0].aside):
            command, arguments = found
            reply = command.handler(replace(ctx, args=arguments))
            return self._beside(ctx, reply) if command.aside else reply
        if ctx.conversation and not is_question(text):
            return self._continue(ctx, text)
        reply = self.intents[_intent(ctx, text)](replace(ctx, args=text))
        return self._beside(ctx, reply)

    def _continue(self, ctx: Context, text: str) -> Reply:
        """Hand the text to the open dialogue; when that ends, the one beneath it is open again."""
        conversation = ctx.conversation
        if conversation is None:
            raise ValueError("no dialogue is open")
        try:
            if conversation.state == choices.PICK:
                picked = choices.picked(ctx)
            else:
                reply = self.states[conversation.state](replace(ctx, args=text))
        except UserError:
            if other := self._something_else(ctx, text):
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

    def _something_else(self, ctx: Context, text: str) -> Reply | None:
        """What the open dialogue does not take may plainly be another matter; a bare number never is."""
        intent = _intent(ctx, text)
        if intent in ("unknown", "confirm", "thanks", "more") or (intent == "report" and speaks_of_no_kind(text)):
            return None
        reply = self.intents[intent](replace(ctx, args=text))
        return reply if intent in ENDS_A_DIALOGUE else self._beside(ctx, reply)

    @staticmethod
    def _beside(ctx: Context, reply: Reply) -> Reply:
        """Something said in the middle of a dialogue: it is answered, and the dialogue stays open beneath."""
        if ctx.conversation is None:
            return reply
        if reply.conversation is None:
            return replace(
                reply,
                text=f"{reply.text}\n\n{texts.dialogues.dialogue_still_open(ctx.conversation)}",
                conversation=ctx.conversation,
            )
        return replace(reply, conversation=reply.conversation.model_copy(update={"below": ctx.conversation}))

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
