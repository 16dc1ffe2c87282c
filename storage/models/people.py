"""People: who writes, what she may do where, and what she left of herself, as frozen values."""

from datetime import date, datetime
from typing import Any, Literal, get_args

from pydantic import Field

from storage.models.fact import Fact

Role = Literal["coordinator", "organizer"]


class Conversation(Fact):
    """An open dialogue: which question was asked (`state`), what is known so far, and the dialogue beneath it."""

    state: str
    data: dict[str, Any] = Field(default_factory=dict)
    below: "Conversation | None" = None

    @property
    def proposes(self) -> bool:
        """Whether a write waits for her answer: a proposal has an id, under which it can be made once."""
        return "id" in self.data

    @property
    def asked(self) -> str:
        """The question as she was asked it, '' where that is not kept."""
        return str(self.data.get("asked", ""))


class Person(Fact):
    """One WeChat user. `id` is random and the only name the ledger knows; the rest is erasable.

    `campaign` and `team` (`campaign/code`) are what she spoke of last; that counts as named for ten minutes after
    `named_at`. The team also saves a look-up; it is never the truth about who leads what. `more` is where the
    standings go on that she looked at last. `idle`: how many replies running answered nothing. `seen`: the local day on
    which somebody with a role last wrote, None for who has none.
    """

    id: str
    openid: str
    campaign: str = ""
    named_at: datetime | None = None
    team: str = ""
    more: str = ""
    idle: int = 0
    linked: bool = False
    seen: date | None = None


class Grant(Fact):
    """A role in a campaign; `region` empty means the whole campaign.

    An organizer may what a coordinator may: the name says that she sits in the office that runs the campaign.
    """

    role: Role
    region: str = ""

    @property
    def stored(self) -> str:
        """`role:region`, as the ledger writes it."""
        return f"{self.role}:{self.region}"


class Invitation(Fact):
    """What an open invitation gives, until when, to whom (as her office calls her), and who made it.

    `name` is '' where none was said, `by` a person's id, '' for the operator.
    """

    role: Role
    region: str = ""
    until: datetime
    name: str = ""
    by: str = ""

    @property
    def grant(self) -> Grant:
        return Grant(role=self.role, region=self.region)


class Bound(Fact):
    """Since when somebody has a role, and who invited her: a person's id, '' for the operator."""

    since: datetime
    by: str = ""


class RoleCard(Fact):
    """Who somebody with roles is: erasable, never in the ledger. `bound`: `role:region` → since when, by whom."""

    name: str = ""
    bound: dict[str, Bound] = Field(default_factory=dict)


class Membership(Fact):
    """What a person is in one campaign. `roles` is the stored text that a write compares before it trusts it."""

    codes: tuple[str, ...] = ()
    roles: str = ""

    @property
    def grants(self) -> tuple[Grant, ...]:
        pairs = (entry.partition(":") for entry in self.roles.split())
        return tuple(Grant(role=role, region=region) for role, _, region in pairs)

    def grant_over(self, region_path: tuple[str, ...]) -> Grant | None:
        """The widest of her roles that reaches a place, given the place and every region above it."""
        reach = {"": len(region_path)} | {region: depth for depth, region in enumerate(region_path)}
        reaching = [grant for grant in self.grants if grant.region in reach]
        return max(reaching, key=lambda grant: reach[grant.region], default=None)

    def covers(self, region_path: tuple[str, ...]) -> bool:
        """Whether one of her roles reaches a place, given the place and every region above it."""
        return any(not grant.region or grant.region in region_path for grant in self.grants)


class Card(Fact):
    """What a captain left of herself: erasable, never in the ledger."""

    name: str = ""
    phone: str = ""


Post = Literal["leader", "liaison", "watch"]
"""Whom a unit names besides its captain: 分管领导, 联络员, 舆情专人 (the notice asks for them)."""


POSTS: tuple[Post, ...] = get_args(Post)


class UnitPerson(Fact):
    """Whom a unit named to a post: erasable, never in the ledger.

    `person`: the id of a liaison who bound herself, '' until then; `code`: what she binds herself by.
    """

    name: str
    phone: str = ""
    person: str = ""
    code: str = ""
