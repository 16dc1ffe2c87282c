"""The people of a rehearsal: what tests and the demo speak through."""

from collections.abc import Iterator

from bot.simulator.person import NoSuchLink, NotFollowing, SimulatedPerson
from bot.simulator.platform import Platform
from bot.simulator.push import MessageServer

__all__ = ["NoSuchLink", "NotFollowing", "Rehearsal", "SimulatedPerson"]


class Rehearsal:
    """The people around one account, by name: `people["李敏"].say("帮助")`.

    Whoever is named for the first time is somebody who already follows; `follow()` makes her welcome anew. The same
    name is the same openid in every rehearsal of the same account.
    """

    def __init__(self, server: MessageServer) -> None:
        self.server = server
        self._people: dict[str, SimulatedPerson] = {}

    @property
    def platform(self) -> Platform:
        return self.server.platform

    def __getitem__(self, key: str) -> SimulatedPerson:
        return self.introduce(key, key)

    def introduce(self, key: str, name: str) -> SimulatedPerson:
        """Makes `people[key]` somebody who is shown as `name`."""
        return self.with_openid(self.platform.openid_of(key), name)

    def with_openid(self, openid: str, name: str) -> SimulatedPerson:
        """The person with this openid; a new one is shown as `name`."""
        if openid not in self._people:
            self._people[openid] = SimulatedPerson(openid, name, self.server)
        return self._people[openid]

    def __iter__(self) -> Iterator[SimulatedPerson]:
        return iter(list(self._people.values()))
