"""Merging: one of two teams goes on as the other, in one entry of the ledger, and that undone.

The reports of both keep their origin. What the merged team had grown by stays on its shelf; the team that goes on
stands, on every board and for every day, with what `storage/mergers.py` makes of both.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storage import heard, platform_mergers, rolls
from storage.authority import office_of, rely_on_role, rely_on_state
from storage.boards import metric_name
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.heard import LISTED
from storage.histories import Histories
from storage.keys import Keys
from storage.last_acts import Undoable, forget, remember
from storage.ledger import Author, Changed, NotAllowed, Plan
from storage.lineage import Lineage
from storage.mergers import (
    CHANNELS,
    Merger,
    Pages,
    Parts,
    growth_after,
    handed_back,
    handed_over,
    merged,
    offline_growth,
    parts_of,
)
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.models.reports import Report
from storage.models.teams import Team
from storage.platform_mergers import Joined
from storage.reckoning import day_of, past_as_text
from storage.relocation import Growth, growth_of, relocate, restand
from storage.team_acts import Acted, acted
from storage.team_documents import rewrite
from storage.teams import Teams

EVERY_ENTRY = 1_000_000
"""More entries than the history of a team has."""


@dataclass(frozen=True, slots=True)
class Merging:
    """Raises `NotAllowed`; `Changed` where a team or the role is not as it was read; `Taken` where a name is held."""

    database: Database
    keys: Keys

    def outcome(self, campaign: Campaign, author: Author, source: Team, target: Team, pages: Pages) -> Team:
        """The team that would go on, for who is to decide. Nothing is written."""
        return self._reckoned(campaign, author, source, target, pages)[1].team

    def merge(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        source: Team,
        target: Team,
        pages: Pages,
        told: Sequence[Notification],
    ) -> Acted:
        """The source goes on as the target: `Acted` holds the source before and the target after it."""
        if target.status not in LISTED or source.status not in (*LISTED, "pending"):
            raise NotAllowed
        parts, merger = self._reckoned(campaign, author, source, target, pages)
        day = day_of(campaign, author, source, target)
        growth = {team.code: growth_of(self.database, self.keys, campaign, team, day) for team in (source, target)}
        offline = {team.code: self._offline(campaign, team, day) for team in (source, target)}
        teams = {source.code: source, target.code: target}
        grown = growth_after(teams, parts, growth, offline)
        if merger.team.reported:
            grown.setdefault(day, 0)
        of_offline = Counter[date]()
        for code in parts["offline"]:
            of_offline.update(offline[code])
        plan = self._begun(campaign, author, membership, source, target, "team.merged")
        rely_on_state(plan, campaign)
        plan.values |= {channel: " ".join(codes) for channel, codes in parts.items()}
        plan.values |= {
            "into": target.code,
            "day": day.isoformat(),
            "growth": past_as_text(grown),
            "offline_growth": past_as_text(of_offline),
            "amount_fen": str(merger.team.amount_fen),
            "donations": str(merger.team.donations),
            "offline_fen": str(merger.team.offline.amount_fen),
        }
        gone = source.model_copy(update={"status": "merged", "into": target.code, "captains": ()})
        relocate(plan, campaign, source, rewrite(plan, source, gone), growth[source.code])
        goes_on, joined = platform_mergers.join(plan, self.database, campaign, source, target, merger.team, parts)
        after = self._stand(plan, campaign, target, goes_on, growth[target.code], as_growth(grown))
        for report in merger.reports:
            kept = report.model_dump_json(exclude_defaults=True)
            plan.effect("HSET", self.keys.reports(campaign.id), report.id, kept)
        for person, codes in self._held(campaign, source.captains).items():
            self._lead(plan, campaign, person, codes, handed_over(codes, source.code, target.code))
        before = {
            "source": source.model_dump_json(),
            "target": target.model_dump_json(),
            "growth": json.dumps(growth[target.code]),
            **({"joined": joined.model_dump_json()} if joined else {}),
        }
        last = Undoable(kind=plan.kind, code=target.code, version=after.version, before=before)
        remember(plan, last)
        return self._commit(plan, source, after, told)

    def undo(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        target: Team,
        act: Undoable,
        told: Sequence[Notification],
    ) -> Acted:
        """Both as they were. Raises `Changed` where something has been built on it."""
        source, stood = (Team.model_validate_json(act.before[name]) for name in ("source", "target"))
        gone = Teams(self.database, self.keys).get(campaign.id, source.code)
        if (gone.version, target.version) != (source.version + 1, act.version):
            raise Changed(target.code)
        day = day_of(campaign, author, source, target)
        plan = self._begun(campaign, author, membership, source, target, "team.restored")
        rely_on_state(plan, campaign)
        plan.values |= {"undoes": act.kind, "into": target.code}
        shelf = growth_of(self.database, self.keys, campaign, gone, day)
        now = growth_of(self.database, self.keys, campaign, target, day)
        relocate(plan, campaign, gone, rewrite(plan, gone, source), shelf)
        if "joined" in act.before:
            joined = Joined.model_validate_json(act.before["joined"])
            platform_mergers.part(plan, self.database, campaign, source, target, joined)
        after = self._stand(plan, campaign, target, stood, now, json.loads(act.before["growth"]))
        for channel in CHANNELS:
            if target.total(channel).report != stood.total(channel).report:
                plan.effect("HDEL", self.keys.reports(campaign.id), target.total(channel).report)
        for person, codes in self._held(campaign, source.captains).items():
            back = handed_back(codes, source.code, target.code, led_both=person in stood.captains)
            self._lead(plan, campaign, person, codes, back)
        forget(plan)
        return self._commit(plan, target, after, told)

    def _reckoned(
        self, campaign: Campaign, author: Author, source: Team, target: Team, pages: Pages
    ) -> tuple[Parts, Merger]:
        ids = [team.total(channel).report for team in (source, target) for channel in CHANNELS]
        kept = Lineage(self.database, self.keys).many(campaign.id, [each for each in ids if each])
        reports = {report.id: report for report in kept}
        parts = parts_of(source, target, pages, reports)
        day = day_of(campaign, author, source, target)
        return parts, merged(campaign, source, target, parts, author, day, reports)

    def _offline(self, campaign: Campaign, team: Team, day: date) -> dict[date, int]:
        """What a team grew by offline on each day; nothing is read of one that never did."""
        if not team.offline.report:
            return {}
        entries = Histories(self.database, self.keys).newest(campaign.id, team.code, EVERY_ENTRY)[::-1]
        away = [e.values["moved"] for e in entries if e.kind == "report.moved" and e.values["from"] == team.code]
        taken: Mapping[str, Report] = {
            report.id: report for report in Lineage(self.database, self.keys).many(campaign.id, away)
        }
        today = team.offline.amount_fen - team.opening("offline", day).amount_fen
        return offline_growth(team.code, entries, taken) | {day: today}

    def _begun(
        self, campaign: Campaign, author: Author, membership: Membership, source: Team, target: Team, kind: str
    ) -> Plan:
        office = office_of(campaign, membership, source, author.person)
        plan = Plan(self.keys, campaign.id, author, kind, source.code, office)
        for team in (source, target):
            rely_on_role(plan, campaign, membership, team.region)
        return plan

    def _stand(self, plan: Plan, campaign: Campaign, before: Team, after: Team, was: Growth, grown: Growth) -> Team:
        """The team that goes on, with other figures, captains and maybe another claim code."""
        changed = rewrite(plan, before, after)
        restand(plan, campaign, before, changed, was, grown)
        heard.listen(plan, campaign, before, changed)
        rolls.enrol(plan, campaign, before, changed)
        claims = self.keys.claims(campaign.id)
        if before.claim_code and not changed.claim_code:
            plan.effect("HDEL", claims, before.claim_code)
        if changed.claim_code and not before.claim_code:
            plan.effect("HSET", claims, changed.claim_code, changed.code)
        return changed

    def _held(self, campaign: Campaign, persons: Sequence[str]) -> dict[str, str]:
        """The codes that each of these persons leads."""
        held = self.database.hmget(self.keys.captains(campaign.id), list(persons)) if persons else []
        return {person: codes or "" for person, codes in zip(persons, held, strict=True)}

    def _lead(self, plan: Plan, campaign: Campaign, person: str, before: str, after: str) -> None:
        captains = self.keys.captains(campaign.id)
        plan.expect(captains, person, before)
        plan.effect("HSET", captains, person, after)

    def _commit(self, plan: Plan, before: Team, after: Team, told: Sequence[Notification]) -> Acted:
        plan.notify(*told)
        outcome = {"before": before.model_dump_json(), "after": after.model_dump_json()}
        return acted(plan.commit(self.database, outcome).outcome)


def as_growth(days: Mapping[date, int]) -> dict[str, int]:
    """The growth of days under the names of their boards."""
    return {metric_name("today", day): fen for day, fen in days.items()}
