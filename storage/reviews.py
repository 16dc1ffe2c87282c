"""Reviews: figures that wait for a coordinator, because they are beyond what may be written without one.

They are counted nowhere. A coordinator of the team's region passes them, which books them exactly as they were said, or
returns them; each matter is decided once, whoever presses twice or at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage import changes, docket, heard
from storage.authority import deciding, office_of, rely_on_role, rely_on_state, require_authority
from storage.booking import Booked, book, outcome_of
from storage.campaign_schema import Campaign
from storage.changes import Change, ImpossibleClose
from storage.database import Database
from storage.docket import Verdict
from storage.keys import Keys
from storage.last_acts import Undoable, forget, remember
from storage.ledger import Author, Changed, Ledger, Plan
from storage.lineage import Lineage
from storage.matters import REVIEWED_WITHIN, Matters, Review, Why
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total
from storage.reckoning import Reading, day_of, hear, new_report, past_growth, reach
from storage.reckoning import advance as advanced
from storage.team_documents import rewrite

Tell = Callable[[Review], Sequence[Notification]]
"""What those are told who decide on a matter that begins to wait."""


class Outdated(Exception):
    """What was said cannot be booked any more as it was: something else was booked since that it does not fit."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The figures of every campaign that wait. A write may raise `NotAllowed`, `Closed`, `Frozen` (nothing begins to
    wait any more), or `Changed` where the team, the matter or the writer's role is not as it was read."""

    database: Database
    keys: Keys

    @property
    def matters(self) -> Matters[Review]:
        return Matters(self.database, self.keys, Review)

    def wait(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        reading: Reading,
        why: Why,
        tell: Tell,
    ) -> Review:
        """A reading waits; its team was heard of, and those are told who decide. A repetition of the operation answers
        with the first matter."""
        day = day_of(campaign, author, team)
        review = self._opened(campaign, author, team, why, day, reading.channel, reading.kind)
        said = {
            "amount_fen": reading.amount_fen,
            "donations": reading.donations,
            "as_of": reading.as_of,
            "figure_day": reading.day,
            "reached": reach(team, reading, day),
        }
        return self._wait(campaign, author, team, membership, review.model_copy(update=said), tell)

    def wait_to_correct(
        self,
        campaign: Campaign,
        author: Author,
        team: Team,
        membership: Membership,
        newest: Report,
        right: Total,
        why: Why,
        tell: Tell,
    ) -> Review:
        """The right total waits that is to take the place of the report on which a total stands."""
        day = day_of(campaign, author, team)
        review = self._opened(campaign, author, team, why, day, newest.channel, "correction")
        said = {
            "amount_fen": right.amount_fen,
            "donations": right.donations,
            "replaces": newest.id,
            "reached": Total(amount_fen=right.amount_fen, donations=right.donations),
        }
        return self._wait(campaign, author, team, membership, review.model_copy(update=said), tell)

    def done(self, campaign: str, op_id: str) -> Booked | Review | None:
        """What a confirmed figure became if that was done already: booked, or a matter; one round trip."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        if committed is None:
            return None
        waits = committed.outcome.get("waits")
        return Review.model_validate_json(waits) if waits else outcome_of(committed)

    def take(self, campaign: Campaign, author: Author, membership: Membership, team: Team, review: Review) -> Review:
        """A coordinator looks after it from now on."""
        plan = deciding(self.keys, campaign, author, membership, team, review.number, "review.taken")
        taken = review.model_copy(update={"owner": author.person, "taken_at": author.at})
        docket.settle(plan, campaign, review, taken)
        plan.commit(self.database, {})
        return taken

    def change(self, campaign: Campaign, author: Author, team: Team, review: Review) -> Change:
        """What passing it would make of the team as it stands now. Raises `Outdated` where it fits no longer.

        The report is that of whoever said it. While the total stands on which it was said, it leads to the total it led
        to then, on the day on which it was said.
        """
        try:
            change = self._change(campaign, replace(author, person=review.by), team, review)
        except (Changed, ImpossibleClose):
            raise Outdated from None
        after = docket.released(change.after, review.number)
        return replace(change, after=after, matter=review.number)

    def pass_on(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        review: Review,
        change: Change,
        told: Sequence[Notification],
    ) -> Booked:
        """Book what waits, as `change` has it."""
        author = replace(author, op_id=review.op_id, herald=None)
        verdict = Verdict(author.person, author.at, change.report.id)

        def also(plan: Plan, after: Team) -> None:
            rely_on_role(plan, campaign, membership, change.before.region)
            docket.settle(plan, campaign, review, docket.decided(review, verdict, "passed"))
            remember(plan, _decided("passed", review, after))
            plan.notify(*told)

        return book(self.database, self.keys, campaign, author, membership, change, also)

    def give_back(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        review: Review,
        told: Sequence[Notification],
    ) -> Team:
        """It is not booked: whoever said it looks at it again."""
        author = replace(author, op_id=review.op_id)
        plan = deciding(self.keys, campaign, author, membership, team, review.number, "review.returned")
        after = rewrite(plan, team, docket.released(team, review.number))
        verdict = Verdict(author.person, author.at)
        docket.settle(plan, campaign, review, docket.decided(review, verdict, "returned"))
        remember(plan, _decided("returned", review, after))
        plan.notify(*told)
        plan.commit(self.database, {"decided": "returned"})
        return after

    def withdraw(
        self, campaign: Campaign, author: Author, membership: Membership, team: Team, review: Review
    ) -> Review:
        """Whoever acts for the team takes it back; its captain after the close as well, for it is counted nowhere."""
        plan = Plan(self.keys, campaign.id, author, "review.withdrawn", team.code, {"matter": review.number})
        if author.person not in team.captains or team.status in ("disabled", "merged"):
            require_authority(plan, campaign, team, membership, author.person)
        plan.values |= office_of(campaign, membership, team, author.person)
        rewrite(plan, team, docket.released(team, review.number))
        withdrawn = docket.decided(review, Verdict(author.person, author.at), "withdrawn")
        docket.settle(plan, campaign, review, withdrawn)
        plan.commit(self.database, {"withdrawn": withdrawn.model_dump_json()})
        return withdrawn

    def withdrawn(self, campaign: str, op_id: str) -> Review | None:
        """What an operation took back if it was done already."""
        committed = Ledger(self.database, self.keys).outcome(campaign, op_id)
        kept = committed.outcome.get("withdrawn") if committed else None
        return Review.model_validate_json(kept) if kept else None

    def undo(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        act: Undoable,
        told: Sequence[Notification],
    ) -> Review:
        """A decision is undone: the matter waits again, and what it booked is taken back."""
        review = self.matters.get(campaign.id, act.before["matter"])
        if review is None or team.version != act.version:
            raise Changed(team.code)
        open_again = docket.reopened(review)

        def also(plan: Plan, after: Team) -> None:
            rely_on_role(plan, campaign, membership, team.region)
            docket.settle(plan, campaign, review, open_again)
            forget(plan)
            plan.notify(*told)

        if review.state == "passed":
            self._take_back(campaign, replace(author, herald=None), membership, team, review, also)
        else:
            plan = deciding(self.keys, campaign, author, membership, team, review.number, "review.reopened")
            also(plan, rewrite(plan, team, docket.holding(team, review.number)))
            plan.commit(self.database, {})
        return open_again

    def _take_back(
        self,
        campaign: Campaign,
        author: Author,
        membership: Membership,
        team: Team,
        review: Review,
        also: Callable[[Plan, Team], None],
    ) -> None:
        lineage = Lineage(self.database, self.keys)
        [report] = lineage.many(campaign.id, [review.report])
        gone = changes.taken_back(lineage, campaign, author, team, report)
        after = docket.holding(gone.after, review.number)
        book(
            self.database,
            self.keys,
            campaign,
            author,
            membership,
            replace(gone, after=after, matter=review.number),
            also,
        )

    def _change(self, campaign: Campaign, author: Author, team: Team, review: Review) -> Change:
        lineage, today = Lineage(self.database, self.keys), day_of(campaign, author, team)
        if review.replaces:
            [newest] = lineage.many(campaign.id, [review.replaces])
            return changes.corrected(lineage, campaign, author, team, newest, review.amount_fen, review.donations)
        reading = review.reading
        if reading.day is not None and team.booked_since(reading.channel, today):
            figures = (reading.amount_fen, reading.donations)
            return changes.closed(lineage, campaign, author, team, reading.channel, reading.day, *figures)
        if review.day == today:
            return changes.reported(campaign, author, team, reading)
        return _of_its_day(author, team, review, today)

    def _opened(
        self, campaign: Campaign, author: Author, team: Team, why: Why, day: date, channel: Channel, said_as: str
    ) -> Review:
        """A matter about a team, without what was said."""
        return Review(
            number=self.matters.next_number(campaign.id),
            at=author.at,
            by=author.person,
            region=team.region,
            subject=team.code,
            due=author.at + REVIEWED_WITHIN,
            why=why,
            day=day,
            said_as=said_as,
            channel=channel,
            amount_fen=None,
            donations=None,
            before=team.total(channel),
            reached=Total(),
        )

    def _wait(
        self, campaign: Campaign, author: Author, team: Team, membership: Membership, review: Review, tell: Tell
    ) -> Review:
        plan = Plan(self.keys, campaign.id, author, "review.opened", team.code, docket.entry_values(review))
        rely_on_state(plan, campaign)
        require_authority(plan, campaign, team, membership, author.person)
        plan.values |= office_of(campaign, membership, team, author.person)
        after = rewrite(plan, team, docket.holding(hear(team, review.day), review.number))
        heard.listen(plan, campaign, team, after)
        docket.enter(plan, campaign, review)
        plan.notify(*tell(review))
        committed = plan.commit(self.database, {"waits": review.model_dump_json()})
        return Review.model_validate_json(committed.outcome["waits"])


def _of_its_day(author: Author, team: Team, review: Review, today: date) -> Change:
    """What was said on a day that is over, as long as nothing else was booked since. Raises `Changed`."""
    if team.total(review.channel) != review.before:
        raise Changed(team.code)
    day = review.figure_day or review.day
    report = new_report(
        author, team, review.reading.kind, review.channel, review.reached, review.before, day, review.as_of
    )
    after = advanced(team, report, today)
    return Change("report.accepted", team, after, report, past_growth(team, after, report, today))


def _decided(kind: str, review: Review, after: Team) -> Undoable:
    return Undoable(kind=kind, code=after.code, version=after.version, before={"matter": review.number})
