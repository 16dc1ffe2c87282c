"""Teams: registering one (a unit joins one project), and finding them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage import boards, heard, rolls
from storage.authority import rely_on_role
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Committed, Plan
from storage.liaisons import attach_to
from storage.models.people import Card, Membership
from storage.models.pushes import Notification
from storage.models.teams import Team, TeamStatus
from storage.secret_codes import claim_code
from storage.team_documents import name_of, rewrite, team_of, write_team


@dataclass(frozen=True, slots=True)
class NewTeam:
    """What a registration says. `captain` is None where a coordinator enters the team for somebody else.

    `alike`: the codes of teams whose names are like this one's, although it was said to be another.
    """

    unit: str
    unit_key: str
    project: str
    region: str
    captain: str | None
    card: Card
    status: TeamStatus = "active"
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teams:
    """The teams of every campaign."""

    database: Database
    keys: Keys

    def register(
        self,
        campaign: Campaign,
        author: Author,
        new: NewTeam,
        membership: Membership,
        notifications: Sequence[Notification] = (),
    ) -> tuple[Team, Committed]:
        """Enter a team. Raises `Taken` (holder = the team's code) where the unit stands in that project already.

        Whose it is hangs on her role, also where she has none: `Changed` where that was given or taken away meanwhile.
        """
        keys, cid = self.keys, campaign.id
        team = Team(
            code=self._new_code(cid),
            unit=new.unit,
            unit_key=new.unit_key,
            project=new.project,
            region=new.region,
            status=new.status,
            captains=(new.captain,) if new.captain else (),
            registered_at=author.at,
            claim_code="" if new.captain else claim_code(),
            heard=campaign.local(author.at).date(),
        )
        values = {
            "unit": team.unit,
            "unit_key": team.unit_key,
            "project": team.project,
            "region": team.region,
            "status": team.status,
            "captain": new.captain or "",
            "claim_code": team.claim_code,
        }
        plan = Plan(keys, cid, author, "team.registered", team.code, values)
        plan.absent(keys.names(cid), name_of(team))
        plan.take_number(keys.number(cid))
        plan.expect(keys.state(cid), "state", campaign.state)
        if new.captain is None:
            rely_on_role(plan, campaign, membership, team.region)
        else:
            plan.expect(keys.roles(cid), author.person, membership.roles)
            _join(plan, campaign, membership, team.code, new.captain)
        card = self._brought_up_to_date(cid, new.captain, new.card) if new.captain else new.card
        plan.effect("HSET", keys.contact_cards(cid), new.captain or f"#{team.code}", card.model_dump_json())
        plan.effect("HSET", keys.names(cid), name_of(team), team.code)
        plan.effect("SADD", keys.unit(cid, team.unit_key), team.code)
        plan.effect("SADD", keys.region_units(cid, team.region), team.unit_key)
        plan.effect("HSET", keys.codes(cid), "@number", team.code)
        plan.effect("ZADD", keys.teams(cid), "@number", team.code)
        write_team(plan, team)
        plan.effect("HSET", keys.team(cid, team.code), "number", "@number")
        if team.claim_code:
            plan.effect("HSET", keys.claims(cid), team.claim_code, team.code)
        if new.alike:
            plan.effect("HSET", keys.alike(cid), team.code, " ".join(new.alike))
        if team.status == "pending":
            plan.effect("SADD", keys.waiting(cid), team.code)
        else:
            _count(plan, campaign, team)
            heard.enter(plan, campaign, team)
        rolls.enrol(plan, campaign, None, team)
        attach_to(self.database, plan, team)
        plan.notify(*notifications)
        committed = plan.commit(self.database, {"code": team.code})
        return self.get(cid, committed.outcome["code"]), committed

    def get(self, campaign: str, code: str) -> Team:
        """Raises `KeyError` for a code that is no team of the campaign."""
        found = self.many(campaign, [code])
        if not found:
            raise KeyError(code)
        return found[0]

    def many(self, campaign: str, codes: Iterable[str]) -> list[Team]:
        """The teams with these codes, in that order; unknown codes are left out."""
        asked = list(codes)
        if not asked:
            return []
        with self.database.pipeline(transaction=False) as pipe:
            for code in asked:
                pipe.hmget(self.keys.team(campaign, code), "doc", "number")
            rows = pipe.execute()
        return [team_of(doc, number) for doc, number in rows if doc]

    def by_numbers(self, campaign: str, numbers: Sequence[int]) -> list[Team]:
        """The teams with these registration numbers, in that order."""
        if not numbers:
            return []
        codes = self.database.hmget(self.keys.codes(campaign), [f"{n:06d}" for n in numbers])
        return self.many(campaign, [code for code in codes if code])

    def codes(self, campaign: str) -> list[str]:
        """Every team code, in order of registration."""
        return list(self.database.zrange(self.keys.teams(campaign), 0, -1))

    def named(self, campaign: str, unit_key: str) -> list[Team]:
        """The teams of one unit, one per project (and per region where two units share a name)."""
        return self.many(campaign, sorted(self.database.smembers(self.keys.unit(campaign, unit_key))))

    def named_many(self, campaign: str, unit_keys: Sequence[str]) -> dict[str, list[Team]]:
        """The teams of many units, in two round trips; units without a team are left out."""
        with self.database.pipeline(transaction=False) as pipe:
            for key in unit_keys:
                pipe.smembers(self.keys.unit(campaign, key))
            codes = pipe.execute()
        teams = {team.code: team for team in self.many(campaign, sorted({c for found in codes for c in found}))}
        return {
            key: [teams[code] for code in sorted(found) if code in teams]
            for key, found in zip(unit_keys, codes, strict=True)
            if found
        }

    def noted_alike(self, campaign: str, code: str) -> list[Team]:
        """The teams whose names were like this one's when it was registered."""
        return self.many(campaign, (self.database.hget(self.keys.alike(campaign), code) or "").split())

    def led_by(self, campaign: str, person: str) -> list[Team]:
        """The teams that a person leads; one round trip where she leads none, else two."""
        return self.many(campaign, (self.database.hget(self.keys.captains(campaign), person) or "").split())

    def units_in(self, campaign: str, region: str) -> list[str]:
        """The unit keys registered in a region: the candidates of a match by likeness."""
        return sorted(self.database.smembers(self.keys.region_units(campaign, region)))

    def claim(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        card: Card,
        told: Sequence[Notification] = (),
    ) -> Team:
        """The sender of a claim code becomes what the code says: captain, the only one from now on, or one more."""
        keys, cid = self.keys, campaign.id
        values = {"captain": author.person, "claim_as": team.claim_as}
        plan = Plan(keys, cid, author, "team.claimed", team.code, values)
        _join(plan, campaign, membership, team.code, author.person)
        captains = (*team.captains, author.person) if team.claim_as == "another" else (author.person,)
        claimed = {"status": "active", "captains": captains, "claim_code": "", "claim_as": "captain"}
        after = rewrite(plan, team, team.model_copy(update=claimed))
        rolls.enrol(plan, campaign, team, after)
        for person in [captain for captain in team.captains if captain not in captains]:
            self._dismiss(plan, campaign, team.code, person)
        cards = keys.contact_cards(cid)
        left = self._brought_up_to_date(cid, author.person, card)
        plan.effect("HSET", cards, author.person, left.model_dump_json())
        plan.effect("HDEL", cards, f"#{team.code}")
        plan.effect("HDEL", keys.claims(cid), team.claim_code)
        plan.notify(*told)
        plan.commit(self.database, {"code": team.code})
        return after

    def _dismiss(self, plan: Plan, campaign: Campaign, code: str, person: str) -> None:
        captains = self.keys.captains(campaign.id)
        codes = self.database.hget(captains, person) or ""
        plan.expect(captains, person, codes)
        plan.effect("HSET", captains, person, " ".join(each for each in codes.split() if each != code))

    def leave_card(self, campaign: Campaign, author: Author, membership: Membership, card: Card) -> Card:
        """What a captain says of herself later; what she leaves out stays. Returns what is kept from now on.

        The ledger holds that she did, and nothing of what she said. Raises `Changed` where her teams changed meanwhile.
        """
        plan = Plan(self.keys, campaign.id, author, "captain.card")
        plan.expect(plan.keys.captains(campaign.id), author.person, " ".join(membership.codes))
        left = self._brought_up_to_date(campaign.id, author.person, card)
        plan.effect("HSET", self.keys.contact_cards(campaign.id), author.person, left.model_dump_json())
        plan.commit(self.database, {})
        return left

    def claimable(self, campaign: str, claim_code: str) -> str:
        """The code of the team that waits for this claim code, '' for none."""
        return self.database.hget(self.keys.claims(campaign), claim_code) or ""

    def waiting(self, campaign: str) -> list[Team]:
        """The teams that wait for a coordinator, in order of registration."""
        return self.many(campaign, sorted(self.database.smembers(self.keys.waiting(campaign))))

    def owner(self, code: str) -> str:
        """The campaign that a team code belongs to, '' for none."""
        return self.database.hget(self.keys.code_owners(), code) or ""

    def count(self, campaign: str, scope: str = boards.ALL) -> int:
        return int(self.database.hget(self.keys.counts(campaign), count_field(scope)) or 0)

    def card(self, campaign: str, person: str) -> Card:
        """What a captain left of herself; empty once erased."""
        stored = self.database.hget(self.keys.contact_cards(campaign), person)
        return Card.model_validate_json(stored) if stored else Card()

    def cards(self, campaign: str, people: Sequence[str]) -> dict[str, Card]:
        """The same of several captains (person id); of those alone who left something."""
        kept = self.database.hmget(self.keys.contact_cards(campaign), [*people]) if people else []
        return {each: Card.model_validate_json(card) for each, card in zip(people, kept, strict=True) if card}

    def _brought_up_to_date(self, campaign: str, person: str, said: Card) -> Card:
        """What a captain says of herself; what she leaves out stays as it was, a telephone with its name."""
        before = self.card(campaign, person)
        if said.name not in ("", before.name):
            return said
        return Card(name=before.name, phone=said.phone or before.phone)

    def _new_code(self, campaign: str) -> str:
        """The next code, installation-wide; a gap left by a refused registration is harmless."""
        code = f"{self.database.incr(self.keys.next_code()):04d}"
        self.database.hset(self.keys.code_owners(), code, campaign)
        return code


def _join(plan: Plan, campaign: Campaign, membership: Membership, code: str, person: str) -> None:
    captains = plan.keys.captains(campaign.id)
    plan.expect(captains, person, " ".join(membership.codes))
    plan.effect("HSET", captains, person, " ".join((*membership.codes, code)))


def _count(plan: Plan, campaign: Campaign, team: Team) -> None:
    for scope in boards.scopes(campaign, team):
        plan.effect("HINCRBY", plan.keys.counts(campaign.id), count_field(scope), 1)


def count_field(scope: str) -> str:
    return "teams" if scope == boards.ALL else f"teams:{scope}"
