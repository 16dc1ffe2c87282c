"""Reconciling: the platform's figures come in, and what is done about a team of which they say something else.

Adopting makes the online total the platform's; keeping leaves what was reported until the platform's figure
changes; asking waits for the captain. Each decision is made once, whoever presses twice or at once.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from storage import changes, differences
from storage.authority import deciding, rely_on_role, rely_on_state
from storage.booking import Booked, book
from storage.campaign_schema import Campaign
from storage.changes import Change
from storage.database import Database
from storage.differences import Found
from storage.keys import Keys
from storage.last_acts import Undoable, forget, remember
from storage.ledger import Author, Changed, Plan
from storage.lineage import Lineage
from storage.matters import Difference, Matters
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.models.teams import Team
from storage.platform import NEWEST, Confirmed, Platform, matched, pages_of
from storage.team_documents import rewrite
from storage.teams import Teams

Tell = Callable[[Collection[str]], Sequence[Notification]]
"""What those are told who look after some regions, by their ids."""
TRIES = 5
"""How often an import is drawn up again when a team moved between reading and writing."""


@dataclass(frozen=True, slots=True)
class Page:
    """Open differences of some regions, the oldest first, and how many there are."""

    differences: Sequence[Difference]
    of: int


@dataclass(frozen=True, slots=True)
class Reconciling:
    """A write may raise `NotAllowed`, `Closed`, `Frozen`, or `Changed` where the team, the matter or the writer's role
    is not as it was read."""

    database: Database
    keys: Keys

    @property
    def matters(self) -> Matters[Difference]:
        return Matters(self.database, self.keys, Difference)

    def page(self, campaign: str, scopes: Sequence[str], start: int, count: int) -> Page:
        """`count` open ones of these scopes from `start`; two round trips. None of the scopes lies in another."""
        with self.database.pipeline(transaction=False) as pipe:
            for scope in scopes:
                pipe.zrange(self.keys.differing(campaign, scope), 0, start + count - 1, withscores=True)
                pipe.zcard(self.keys.differing(campaign, scope))
            answers = pipe.execute()
        rows = sorted((row for rows in answers[0::2] for row in rows), key=lambda row: (row[1], int(row[0][1:])))
        numbers = [number for number, _ in rows[start : start + count]]
        return Page(self.matters.many(campaign, numbers), sum(answers[1::2]))

    def take_in(
        self,
        campaign: Campaign,
        author: Author,
        figures: Sequence[Confirmed],
        before: Mapping[str, Confirmed],
        tell: Tell = lambda _regions: (),
    ) -> None:
        """Keep these figures of the platform's, in one step: at most `BATCH`. `before`: those that were read.

        A difference opens, is told anew or settled with it; `tell`: what those hear in whose regions one opens. Raises
        `Frozen`; `Changed` where they are not as they were.
        """
        for _ in range(TRIES - 1):
            try:
                return self._take_in(campaign, author, figures, before, tell)
            except Changed:
                continue
        return self._take_in(campaign, author, figures, before, tell)

    def adopting(self, campaign: Campaign, author: Author, team: Team, kept: Difference) -> Change:
        """What adopting the platform's figure would make of the team as it stands now."""
        if not team.online.report:
            first = changes.reported(campaign, author, team, differences.as_report(campaign, author.at, kept))
            return replace(first, difference=kept.number, source=differences.FROM_PLATFORM)
        lineage = Lineage(self.database, self.keys)
        [newest] = lineage.many(campaign.id, [team.online.report])
        change = changes.corrected(lineage, campaign, author, team, newest, kept.platform_fen, kept.platform_donations)
        return replace(change, difference=kept.number, source=differences.FROM_PLATFORM)

    def adopt(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        kept: Difference,
        change: Change,
        told: Sequence[Notification],
    ) -> Booked:
        """Correct the online total, as `change` has it."""
        author = replace(author, op_id=kept.op_id, herald=None)
        after = differences.adopted(kept, author.person, author.at, change.report.id)

        def also(plan: Plan, team: Team) -> None:
            rely_on_role(plan, campaign, membership, team.region)
            differences.settle(plan, campaign, kept, after)
            remember(plan, _decided("adopted", kept, team))
            plan.notify(*told)

        return book(self.database, self.keys, campaign, author, membership, change, also)

    def keep(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        kept: Difference,
        told: Sequence[Notification],
    ) -> Team:
        """What was reported stays until the platform's figure changes."""
        author = replace(author, op_id=kept.op_id)
        plan = deciding(self.keys, campaign, author, membership, team, kept.number, "difference.kept")
        after = rewrite(plan, team, team)
        differences.settle(plan, campaign, kept, differences.kept_as_reported(kept, author.person, author.at))
        remember(plan, _decided("kept", kept, after))
        plan.notify(*told)
        plan.commit(self.database, {"decided": "kept"})
        return after

    def ask(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        kept: Difference,
        told: Sequence[Notification],
    ) -> Difference:
        """The captain is given both figures, and it waits."""
        author = replace(author, op_id=f"{kept.op_id}/asked/{author.at.isoformat()}")
        plan = deciding(self.keys, campaign, author, membership, team, kept.number, "difference.asked")
        rewrite(plan, team, team)
        asked = kept.model_copy(update={"asked_at": author.at})
        differences.settle(plan, campaign, kept, asked)
        plan.notify(*told)
        plan.commit(self.database, {})
        return asked

    def undo(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        act: Undoable,
        told: Sequence[Notification],
    ) -> Difference:
        """A decision is undone: it waits again, and the correction that it booked is taken back."""
        kept = self.matters.get(campaign.id, act.before["matter"])
        if kept is None or team.version != act.version:
            raise Changed(team.code)
        open_again = differences.reopened(kept)

        def also(plan: Plan, after: Team) -> None:
            rely_on_role(plan, campaign, membership, team.region)
            differences.settle(plan, campaign, kept, open_again)
            forget(plan)
            plan.notify(*told)

        if act.kind == "adopted":
            lineage = Lineage(self.database, self.keys)
            [report] = lineage.many(campaign.id, [kept.report])
            gone = replace(changes.taken_back(lineage, campaign, author, team, report), difference=kept.number)
            book(self.database, self.keys, campaign, replace(author, herald=None), membership, gone, also)
        else:
            plan = deciding(self.keys, campaign, author, membership, team, kept.number, "difference.reopened")
            also(plan, rewrite(plan, team, team))
            plan.commit(self.database, {})
        return open_again

    def _take_in(
        self,
        campaign: Campaign,
        author: Author,
        figures: Sequence[Confirmed],
        before: Mapping[str, Confirmed],
        tell: Tell,
    ) -> None:
        keys, cid = self.keys, campaign.id
        listed = json.dumps([each.model_dump(mode="json") for each in figures], ensure_ascii=False)
        plan = Plan(keys, cid, author, "platform.imported", values={"figures": listed})
        rely_on_state(plan, campaign)
        for each in figures:
            kept = before.get(each.team)
            plan.expect(keys.platform(cid), each.team, kept.model_dump_json() if kept else "")
            plan.effect("HSET", keys.platform(cid), each.team, each.model_dump_json())
            if each.matched_fen is not None or (kept and kept.matched_fen is not None):
                plan.effect("HINCRBY", keys.totals(cid), "matched", matched(each) - (matched(kept) if kept else 0))
        for page, team in pages_of(figures).items():
            plan.effect("HSET", keys.platform_pages(cid), page, team)
        stood = Platform(self.database, keys).newest(cid)
        newest = max([*([stood] if stood else []), *(each.as_of for each in figures)])
        plan.expect(keys.platform_moment(cid), NEWEST, stood.isoformat() if stood else "")
        plan.effect("HSET", keys.platform_moment(cid), NEWEST, newest.isoformat())
        found, opened = self._compared(plan, campaign, figures, before)
        if found:
            plan.values["differences"] = differences.as_text(found)
        plan.notify(*tell(opened) if opened else ())
        plan.commit(self.database, {})

    def _compared(
        self, plan: Plan, campaign: Campaign, figures: Sequence[Confirmed], before: Mapping[str, Confirmed]
    ) -> tuple[list[Found], frozenset[str]]:
        """Add to an import what it makes of differences, and in which regions one opens.

        The teams are read anew: whoever reports meanwhile goes on.
        """
        teams = {t.code: t for t in Teams(self.database, self.keys).many(campaign.id, [f.team for f in figures])}
        numbers = [team.difference for team in teams.values() if team.difference]
        known = {each.subject: each for each in self.matters.many(campaign.id, numbers)}
        every, opened = list[Found](), set[str]()
        for each in figures:
            kept, team = known.get(each.team), teams[each.team]
            state = differences.compared(campaign, each, kept, team)
            if not state:
                continue
            found = Found(kept.number if kept else self.matters.next_number(campaign.id), each.team, state)
            after = differences.found(kept, found, each, before.get(each.team), team.region, plan.author.at)
            differences.settle(plan, campaign, kept, after)
            if not team.difference:
                rewrite(plan, team, team.model_copy(update={"difference": found.number}))
            every.append(found)
            if state == "open" and (kept is None or kept.state != "open"):
                opened.add(team.region)
        return every, frozenset(opened)


def _decided(kind: str, kept: Difference, after: Team) -> Undoable:
    return Undoable(kind=kind, code=after.code, version=after.version, before={"matter": kept.number})
