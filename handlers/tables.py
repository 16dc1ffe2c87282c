"""The tables from words, events, steps of dialogues and wants to handlers, and which word a message is.

Each feature fills one of its own; `handlers` puts them together. A name taken twice is an error at import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from handlers.language.sound import sounds_alike
from handlers.language.text import fold, squash
from handlers.language.words import WORDS
from handlers.messages import Audience, Context, Reply, Word
from handlers.understand.courtesies import asks_beneath, beneath
from storage.models import Conversation

Entry = TypeVar("Entry")
Handler = Callable[[Context], Reply]
Reminder = str | Callable[[Conversation], str]
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


class Tables:
    """Which handler answers what."""

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

    def include(self, *others: "Tables") -> None:
        for other in others:
            for name, command in other.commands.items():
                self._add(self.commands, name, command)
            for key, state in other.states.items():
                self._add(self.states, key, state)
            for mine, theirs in ((self.events, other.events), (self.intents, other.intents)):
                for name, handler in theirs.items():
                    self._add(mine, name, handler)

    @cached_property
    def vocabulary(self) -> tuple[Word, ...]:
        """Every word, in order of registration; 帮助 prints those with a summary."""
        return tuple(Word(c.word, c.summary, c.audience) for c in self.commands.values())

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

    def is_kind_alone(self, command: Command, arguments: str) -> bool:
        """Whether a message is a word of reporting without a figure (累计, 线下), which may answer what is open."""
        return not arguments and command.handler is self.intents.get("report")

    def misspelt(self, text: str) -> bool:
        """Whether a short message is no word but sounds like one, which is offered before anything is done."""
        said = squash(text)
        if not 2 <= len(said) <= LONGEST_WORD or said in WORDS:
            return False
        return any(sounds_alike(said, word) for word in self.commands)

    def begins_a_report(self, text: str) -> bool:
        """Whether a report begins with one of its words, and so takes the place of an open dialogue."""
        report = self.intents.get("report")
        return any(
            (command := self.commands.get(fold(text[:end]))) is not None and command.handler is report
            for end in range(1, min(len(text), 6))
        )

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
