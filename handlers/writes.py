"""What may wait for a yes: a closed set of writes, each a value of its own, and the proposal that holds one.

Money is fen, counts of gifts are 人次. A value tells what would be written and on what it was reckoned: where that has
changed, nothing is written.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from handlers.understand.verdicts import ReadingKind
from storage.incidents import Closing
from storage.last_acts import Undoable
from storage.push_switches import Switched
from storage.raises import RaiseDecided
from storage.reckoning import Reading
from storage.roles import RoleTaken

ListKind = Literal["progress", "counts", "registration"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A reading for a team (code) as it stood at `version`."""

    code: str
    version: int
    reading: Reading
    act: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of a task in a region (ids); `before` is the count that stood, None where none did."""

    task: str
    region: str
    before: int | None
    count: int
    act: Literal["tally"] = "tally"


@dataclass(frozen=True, slots=True)
class Enters:
    """A unit without a captain yet, under its key, in a region and a project (ids), and who may come to lead it."""

    unit: str
    key: str
    region: str
    project: str
    captain: str
    phone: str
    act: Literal["enters"] = "enters"


@dataclass(frozen=True, slots=True)
class Figures:
    """Reports of money. `kinds`: between which she is to choose first, none where a yes is enough."""

    figures: tuple[Figure, ...]
    kinds: tuple[ReadingKind, ...] = ()
    act: Literal["figures"] = "figures"


@dataclass(frozen=True, slots=True)
class RightTotal:
    """The total of a team (code) that takes the place of what its `report` (id) led to."""

    code: str
    report: str
    amount_fen: int
    donations: int
    act: Literal["right total"] = "right total"


@dataclass(frozen=True, slots=True)
class Move:
    """A `report` (id) taken back from a team (`source`, code), and its figure booked where it belongs."""

    source: str
    report: str
    target: Figure
    act: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class Counting:
    """A report of a count, or a correction of one."""

    tally: Tally
    verb: Literal["count", "recount"]
    act: Literal["counting"] = "counting"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: its place, the name it is shown under, and what it would write."""

    place: int
    name: str
    write: Annotated[Figure | Tally | Enters, Field(discriminator="act")]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a list that are still to be written, and how many were."""

    of: ListKind
    lines: tuple[Line, ...]
    written: int = 0
    act: Literal["lines"] = "lines"


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint or a warning, in her words."""

    text: str
    act: Literal["case"] = "case"


@dataclass(frozen=True, slots=True)
class PassOn:
    """A question for the coordinators."""

    question: str
    act: Literal["pass on"] = "pass on"


@dataclass(frozen=True, slots=True)
class Adopt:
    """The answer to a question (number) as a rule under a phrasing; `found`: what trying it came to."""

    number: str
    phrasing: str
    found: str
    act: Literal["adopt"] = "adopt"


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The rule that the answer to a question (number) became."""

    number: str
    act: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True, slots=True)
class Undo:
    """A coordinator's last act on a team, as it may be undone."""

    last: Undoable
    act: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True)
class Pass:
    """Figures that wait (number), for a team as it stands at `version` after it has moved."""

    number: str
    version: int
    act: Literal["pass"] = "pass"


@dataclass(frozen=True, slots=True)
class Adopting:
    """The platform's figure of a difference (number), for a team as it stands at `version` after it has moved."""

    number: str
    version: int
    act: Literal["adopting"] = "adopting"


@dataclass(frozen=True, slots=True)
class SettleAward:
    """The list of an award (id), without those of these keys."""

    award: str
    left_out: tuple[str, ...]
    act: Literal["settle award"] = "settle award"


@dataclass(frozen=True, slots=True)
class Merge:
    """A team (`source`, code) goes on as another (`target`), each as it stood at its version."""

    source: str
    source_version: int
    target: str
    target_version: int
    act: Literal["merge"] = "merge"


@dataclass(frozen=True, slots=True)
class GiveBack:
    """A role that an organizer took away, as it may stand again."""

    taken: RoleTaken
    act: Literal["give back"] = "give back"


@dataclass(frozen=True, slots=True)
class SwitchBack:
    """A push that an organizer switched, as it was before."""

    switched: Switched
    act: Literal["switch back"] = "switch back"


@dataclass(frozen=True, slots=True)
class Bind:
    """An invitation (its code) that somebody scanned."""

    code: str
    act: Literal["bind"] = "bind"


@dataclass(frozen=True, slots=True)
class Reopen:
    """A case that she closed, open as it was before."""

    closing: Closing
    act: Literal["reopen"] = "reopen"


@dataclass(frozen=True, slots=True)
class UndoRaise:
    """Her decision on a raise, undone: it waits again."""

    last: RaiseDecided
    act: Literal["undo raise"] = "undo raise"


@dataclass(frozen=True, slots=True)
class Remind:
    """A reminder to the captains of the teams of `scopes` not heard of today; `team`: to those of this one (code)."""

    scopes: tuple[str, ...] = ()
    team: str = ""
    act: Literal["remind"] = "remind"


@dataclass(frozen=True, slots=True)
class Announce:
    """A notice in a coordinator's `words` to the captains of the teams of `scopes` that are on a list."""

    scopes: tuple[str, ...]
    words: str
    which: Literal["listed", "silent", "short"] = "listed"
    act: Literal["announce"] = "announce"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """An organizer's `words` to everybody who follows the account."""

    words: str
    act: Literal["broadcast"] = "broadcast"


@dataclass(frozen=True, slots=True)
class Leave:
    """She is forgotten."""

    act: Literal["leave"] = "leave"


Write = (
    Figures
    | RightTotal
    | Move
    | Counting
    | Lines
    | Case
    | PassOn
    | Adopt
    | Withdraw
    | Undo
    | Reopen
    | UndoRaise
    | Merge
    | GiveBack
    | SwitchBack
    | Bind
    | Pass
    | Adopting
    | SettleAward
    | Remind
    | Announce
    | Broadcast
    | Leave
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A write that waits for her yes. It can be consumed once: it is made under `proposal:<id>/<n>`.

    `campaign`: in which it was proposed, '' where it is of none. `day`: the local date then, to which a day's figure
    belongs. `until`: when it is forgotten. `lowers`: something that stands would become less, which takes an explicit
    yes and no courtesy.
    """

    id: str
    campaign: str
    day: date
    until: datetime
    write: Annotated[Write, Field(discriminator="act")]
    lowers: bool = False


@cache
def stored() -> TypeAdapter[Proposal]:
    """How a proposal is kept in the dialogue in which it waits."""
    return TypeAdapter(Proposal)
