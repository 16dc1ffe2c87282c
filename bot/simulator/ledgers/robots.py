"""WeCom group robots: a name, a secret key, twenty messages a minute."""

from collections.abc import Mapping

from bot.simulator.errors import ApiError
from bot.simulator.ledgers.quotas import Pace

PER_MINUTE = 20


class Robot:
    """One robot; `pace` counts its accepted messages."""

    def __init__(self, name: str, key: str) -> None:
        self.name = name
        self.key = key
        self.pace = Pace(PER_MINUTE)


class Robots:
    """`keys` maps names to webhook keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._robots = {key: Robot(name, key) for name, key in keys.items()}

    def find(self, key: str) -> Robot:
        """Raises 93000 for an unknown key."""
        if key not in self._robots:
            raise ApiError(93000)
        return self._robots[key]

    def names(self) -> list[str]:
        return [robot.name for robot in self._robots.values()]
