"""The tables from words, events, steps of dialogues and wants to handlers.

Each feature fills one of its own; `handlers` puts them together. A name taken twice is an error at import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from handlers.language.text import squash
from handlers.messages import Again, Audience, Context, Reply, Word
from handlers.understand.heads import Head, Heads
from handlers.understand.readings import Reading
from handlers.wishes.slots import SEPARATORS
from storage.models.people import Conversation

__all__ = ["SEPARATORS", "Command", "Handler", "Reminder", "State", "Step", "Tables"]
Entry = TypeVar("Entry")
Handler = Callable[[Context], Reply]
Step = Callable[[Context], Reply | Again] | Handler
"""What takes the answer in a dialogue."""
S = TypeVar("S", bound=Step)
Reminder = str | Callable[[Conversation], str]
WORTH_KNOWING = ("report", "cancel", "register", "correct", "retract")
"""Wants whose words give way to what else a message is, or by whose words it is read."""


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

    `passing`: an offer that is forgotten with any answer but one that `passing` takes. `gives_way`: whether what was
    said is no answer but a matter of its own that takes the place of the question: the line that says so, else ''.
    """

    handler: Step
    reminder: Reminder
    passing: Callable[[str], bool] | None = None
    gives_way: Callable[[Context, Reading], str] | None = None


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
        self,
        name: str,
        reminder: Reminder,
        passing: Callable[[str], bool] | None = None,
        gives_way: Callable[[Context, Reading], str] | None = None,
    ) -> Callable[[S], S]:
        """Register a step of a dialogue, with the sentence that reminds of it; the rest: see `State`."""

        def register(handler: S) -> S:
            self._add(self.states, name, State(handler, reminder, passing, gives_way))
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

    @cached_property
    def heads(self) -> Heads:
        """The words as a message is read with them."""
        wants = {handler: want for want, handler in self.intents.items() if want in WORTH_KNOWING}
        return {word: Head(c.aside, c.accepts, wants.get(c.handler, "")) for word, c in self.commands.items()}

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
