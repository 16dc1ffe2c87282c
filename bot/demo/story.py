"""What a story is made of: scenes at moments of business time, and in each what people do and what must follow.

A story states its own figures: after each report it says what the team stands at. Nothing here is computed by the
code that the story puts on trial.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stands:
    """What a team stands at: cumulative fen online and offline, and 人次 of both."""

    unit: str
    online_fen: int
    donations: int
    offline_fen: int = 0


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody says something, and the answer contains every one of `answer`.

    In `text`, `{claim}` is the claim code that a coordinator was given last, and `{code:UNIT}` a team's code.
    """

    who: str
    text: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registers(Says):
    """After this the unit is there, in that project and region (ids)."""

    unit: str
    project: str
    region: str


@dataclass(frozen=True, slots=True)
class Reports(Says):
    """A report is accepted, and leaves the team at `stands`. `times`: WeChat delivers it so often at once."""

    stands: Stands
    times: int = 1


@dataclass(frozen=True, slots=True)
class TakesBack(Says):
    """The newest report is retracted, and the team is back at `stands`."""

    stands: Stands


@dataclass(frozen=True, slots=True)
class Counts(Says):
    """A count of items is accepted, and leaves this task of the file in this region (ids) at `count`."""

    task: str
    region: str
    count: int


@dataclass(frozen=True, slots=True)
class AsksForPicture(Says):
    """Somebody asks for a picture and sees it, in the answer or seconds later. Left out where none can be drawn."""


@dataclass(frozen=True, slots=True)
class Allows:
    """Somebody allows one subscription notice for a job, as below an article of the account."""

    who: str
    job: str


@dataclass(frozen=True, slots=True)
class Follows:
    """Somebody follows the account."""

    who: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IsInvited:
    """The operator invites (`yidui invite`), and the person sends the code. `region` empty: the whole campaign."""

    who: str
    region: str


@dataclass(frozen=True, slots=True)
class Pushed:
    """The scheduler pushes by itself, at the scene's minute: once to each of these people and robots."""

    job: str
    people: tuple[str, ...]
    robots: tuple[str, ...]
    contains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notified:
    """What was just said tells others: once each, in words that contain `contains` and are those of no other notice."""

    job: str
    people: tuple[str, ...]
    contains: tuple[str, ...]


Step = Says | Allows | Follows | IsInvited | Pushed | Notified


@dataclass(frozen=True, slots=True)
class Scene:
    """Steps that begin at one moment (with its time zone)."""

    at: datetime
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One campaign's story. `cast`: who takes part, key → the name shown.

    `tries`: who may say what when the play is over; `groups`: the name shown for the group of a robot.
    """

    campaign: str
    begins: datetime
    cast: Mapping[str, str]
    scenes: tuple[Scene, ...]
    tries: tuple[tuple[str, str], ...]
    groups: Mapping[str, str] = field(default_factory=dict)

    def until(self, moment: datetime | None) -> tuple[Scene, ...]:
        """The scenes up to a moment; all of them without one."""
        return tuple(scene for scene in self.scenes if moment is None or scene.at <= moment)


@dataclass(slots=True)
class Ending:
    """How things must stand after some scenes, by the story's own word."""

    teams: dict[str, tuple[str, str]] = field(default_factory=dict)
    stands: dict[str, Stands] = field(default_factory=dict)
    reports: int = 0
    retracted: int = 0
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    pushes: list[tuple[datetime, Pushed]] = field(default_factory=list)
    notices: list[Notified] = field(default_factory=list)

    @property
    def amount_fen(self) -> int:
        return sum(each.online_fen + each.offline_fen for each in self.stands.values())

    @property
    def donations(self) -> int:
        return sum(each.donations for each in self.stands.values())

    @property
    def pushed(self) -> int:
        """Pushes to single recipients, of the plan and of what was said."""
        planned = sum(len(push.people) + len(push.robots) for _, push in self.pushes)
        return planned + sum(len(notice.people) for notice in self.notices)


def ending(scenes: tuple[Scene, ...]) -> Ending:
    """Add up what the scenes say."""
    end = Ending()
    for at, step in _steps(scenes):
        match step:
            case Registers():
                end.teams[step.unit] = (step.project, step.region)
            case Reports():
                end.reports += 1
                end.stands[step.stands.unit] = step.stands
            case TakesBack():
                end.retracted += 1
                end.stands[step.stands.unit] = step.stands
            case Counts():
                end.counts[step.task, step.region] = step.count
            case Pushed():
                end.pushes.append((at, step))
            case Notified():
                end.notices.append(step)
    return end


def _steps(scenes: tuple[Scene, ...]) -> Iterator[tuple[datetime, Step]]:
    for scene in scenes:
        for step in scene.steps:
            yield scene.at, step
