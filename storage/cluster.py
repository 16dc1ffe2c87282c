"""Redis Cluster: each command goes to the server that keeps its keys, wherever they are just now.

Every step, and every transaction, has keys of one hash tag (`storage.keys`), so one server takes it whole. What is
asked together of several tags is several questions. A slot on its way to another server is followed (MOVED, ASK) or
waited for (TRYAGAIN): in all three the server did nothing, so the command may be sent again.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import sleep
from typing import Any

from redis.exceptions import AskError, MovedError, ResponseError, TryAgainError

from storage.addresses import Address
from storage.connections import ThreadConnections
from storage.database import (
    OPTIONS,
    Command,
    Database,
    DatabasePipeline,
    Opened,
    Primary,
    StorageRefused,
    StorageUnavailable,
)
from storage.slots import Host, Slots, key_of, slot_of

Queued = tuple[Command, dict[str, Any]]

MOVING_SECONDS = 0.02
"""How long a slot on its way is left before it is asked for again."""
MOVING = (MovedError, AskError, TryAgainError)
_SUMMED = {"DEL", "UNLINK", "EXISTS"}
_EVERYWHERE = {"FLUSHALL", "DBSIZE"}


def connect(address: Address) -> "ClusterDatabase":
    """A client for the cluster that these hosts belong to; it asks when first used."""
    host, port = address.hosts[0]
    database = ClusterDatabase.from_pool(ThreadConnections(host=host, port=port, **OPTIONS, **address.login))
    database.slots = Slots(address)
    return database


class ClusterDatabase(Database):
    """A `Database` over the servers of a cluster."""

    slots: Slots

    def primaries(self) -> Sequence[Primary]:
        return [Primary(database, keeps) for database, keeps in self.slots.primaries()]

    def asked(self, primary: Primary, commands: Sequence[Command]) -> list[Any]:
        try:
            return self.watched(partial(primary.database.together, commands))
        except MOVING as error:
            self.slots.forget()
            raise StorageUnavailable(str(error)) from error

    def opened(self) -> Opened:
        return self.slots.opened()

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send to where the keys are. `DEL`, `UNLINK`, `EXISTS` and `MGET` may have keys of several tags."""
        command: Command = (*args[0].split(), *args[1:])
        name, given = command[0], command[1:]
        if name in _EVERYWHERE:
            answers = [primary.database.execute_command(*args, **options) for primary in self.primaries()]
            return sum(answers) if name == "DBSIZE" else all(answers)
        if name in _SUMMED and len(given) > 1:
            return sum(self.together([(name, key) for key in given]))
        if name == "MGET":
            return self.together([("GET", key) for key in given])
        return self.understood(args[0], self.together([command])[0], options)

    def understood(self, name: str, answer: Any, options: dict[str, Any]) -> Any:
        """What a command answered, in the form in which the client gives it."""
        form = self.response_callbacks.get(name)
        told = {option: value for option, value in options.items() if option != "keys"}
        return form(answer, **told) if form else answer

    def answers(self, commands: Sequence[Command]) -> list[Any]:
        """In the order of the commands only at each server; whatever moves meanwhile is followed."""
        answers: list[Any] = [None] * len(commands)
        for there, places in self._by_keeper(commands):
            asked = [commands[place] for place in places]
            for place, answer in zip(places, self.watched(partial(there.answers, asked)), strict=True):
                answers[place] = self._followed(commands[place], answer)
        return answers

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> "ClusterPipeline":
        whole = super().pipeline(transaction, shard_hint).transaction
        made = ClusterPipeline(self.connection_pool, self.response_callbacks, whole, shard_hint)
        made.cluster = self
        return made

    def scan_iter(self, *args: Any, **options: Any) -> Iterator[str]:
        """The keys of every server; one that moves meanwhile may be found twice or not at all."""
        for primary in self.primaries():
            yield from primary.database.scan_iter(*args, **options)

    def close(self) -> None:
        self.slots.close()

    def watched(self, send: Callable[[], list[Any]]) -> list[Any]:
        """What `send` gives; where a server fails, the map of the cluster is read anew before the next command."""
        try:
            return send()
        except StorageRefused:
            raise
        except StorageUnavailable:
            self.slots.forget()
            raise

    def _by_keeper(self, commands: Sequence[Command]) -> Iterator[tuple[Database, list[int]]]:
        """Each server that has keys of these commands, and which of them."""
        found: dict[int, tuple[Database, list[int]]] = {}
        for place, command in enumerate(commands):
            there = self.slots.keeper(key_of(command))
            found.setdefault(id(there), (there, []))[1].append(place)
        yield from found.values()

    def _followed(self, command: Command, answer: Any) -> Any:
        """The answer of the server that keeps the command's keys by now."""
        while isinstance(answer, MOVING):
            if isinstance(answer, TryAgainError):
                sleep(MOVING_SECONDS)
                there, before = self.slots.keeper(key_of(command)), list[Command]()
            else:
                there, before = self.slots.server(host_of(answer)), [("ASKING",)]
            if isinstance(answer, MovedError):
                self.slots.learn(answer.slot_id, host_of(answer))
            answer = self.watched(partial(there.answers, [*before, command]))[-1]
        return answer


class ClusterPipeline(DatabasePipeline):
    """A pipeline over a cluster: a transaction stays within one hash tag."""

    cluster: ClusterDatabase
    _there: DatabasePipeline | None = None

    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        """What is watched, and what is read of it, at its own server. Raises `StorageUnavailable` where it moves."""
        if self._there is None:
            self._there = self.cluster.slots.keeper(str(args[1])).pipeline()
            self.watching = True
        try:
            return self._there.execute_command(*args, **options)
        except MOVING as error:
            self.cluster.slots.forget()
            raise StorageUnavailable(str(error)) from error

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        stack = list(self.command_stack)
        try:
            if self._there is not None:
                self._there.multi()
                return _carried_out(self._there, stack, raise_on_error)
            if self.transaction and stack:
                return self._as_one(stack, raise_on_error)
            return self._each(stack, raise_on_error)
        finally:
            self.reset()

    def reset(self) -> None:
        if self._there is not None:
            self._there.reset()
            self._there = None
        super().reset()

    def _as_one(self, stack: Sequence[Queued], raise_on_error: bool) -> list[Any]:
        """Raises ValueError for keys of several tags."""
        keys = {key for command, _ in stack if (key := key_of(command)) is not None}
        if len(set(map(slot_of, keys))) > 1:
            raise ValueError(f"a transaction has keys of one hash tag, not {sorted(keys)}")
        key = next(iter(keys), None)
        while True:
            there = self.cluster.slots.keeper(key)
            try:
                return self.cluster.watched(partial(_carried_out, there.pipeline(), stack, raise_on_error))
            except MovedError as error:
                self.cluster.slots.learn(error.slot_id, host_of(error))
            except (AskError, TryAgainError):
                sleep(MOVING_SECONDS)

    def _each(self, stack: Sequence[Queued], raise_on_error: bool) -> list[Any]:
        answers = self.cluster.answers([command for command, _ in stack])
        if raise_on_error:
            for answer in answers:
                if isinstance(answer, ResponseError):
                    raise answer
        return [
            answer if isinstance(answer, ResponseError) else self.cluster.understood(command[0], answer, options)
            for (command, options), answer in zip(stack, answers, strict=True)
        ]


def host_of(error: AskError) -> Host:
    """Where a server sends us on to."""
    return str(error.host), int(error.port)


def _carried_out(pipe: DatabasePipeline, stack: Sequence[Queued], raise_on_error: bool) -> list[Any]:
    for command, options in stack:
        pipe.execute_command(*command, **options)
    return pipe.execute(raise_on_error)
