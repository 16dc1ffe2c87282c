"""The keys of a campaign, in its slot `{campaign}`."""

from dataclasses import dataclass

from storage.keys.prefixed import Prefixed, pattern


@dataclass(frozen=True, slots=True)
class CampaignKeys(Prefixed):
    """The keys of a campaign, in its slot `{campaign}`."""

    def _of(self, campaign: str, name: str) -> str:
        return f"{self.prefix}:{{{campaign}}}:{name}"

    def family(self, campaign: str, name: str) -> str:
        """What all keys of a kind begin with; the rest is what each is of.

        The kinds: `board`, `differing`, `docket`, `heard`, `history`, `roll`, `roster-name`, `roster-region`, `shelf`,
        `sums`, `team`, `unit`, `units`.
        """
        return self._of(campaign, f"{name}:")

    def whole(self, campaign: str) -> str:
        """The glob pattern of everything that is kept of a campaign, but for its publication."""
        return pattern(self._of(campaign, ""))

    def ledger(self, campaign: str) -> str:
        """stream, for ever: the truth."""
        return self._of(campaign, "ledger")

    def chain(self, campaign: str) -> str:
        """list of `entry id SHA-256`, one for each entry of the ledger, for ever: what seals it."""
        return self._of(campaign, "chain")

    def archive(self, campaign: str) -> str:
        """hash {doc}, from when its ledger was archived: the part of the ledger that lies in a file."""
        return self._of(campaign, "archive")

    def operation(self, campaign: str, op_id: str) -> str:
        """string, 48 h: a JSON line about a write and its outcome as JSON, returned to whoever repeats it."""
        return self._of(campaign, f"op:{op_id}")

    def team(self, campaign: str, code: str) -> str:
        """hash {version, doc, number, ledger}, for ever: one team as the ledger has made it."""
        return self._of(campaign, f"team:{code}")

    def history(self, campaign: str, code: str) -> str:
        """list of ledger ids, for ever: the entries that changed one team, oldest first."""
        return self._of(campaign, f"history:{code}")

    def shelf(self, campaign: str, code: str) -> str:
        """hash `today:DATE` → fen, while a team with figures is off the lists: what it grew by on each day."""
        return self._of(campaign, f"shelf:{code}")

    def last_act(self, campaign: str, person: str) -> str:
        """string JSON Undoable, Closing, RoleTaken or Switched, 48 h, until undone or erased: what a person changed
        last of a team, a role or the push plan, or the case that she closed."""
        return self._of(campaign, f"act:{person}")

    def reminded(self, campaign: str, day: str) -> str:
        """hash team code → 1, 48 h: the teams whose captains were reminded to report on a local day (ISO)."""
        return self._of(campaign, f"reminded:{day}")

    def unasked(self, campaign: str, day: str) -> str:
        """hash person id → number, 48 h: the pushes that nobody had asked for on a local day (ISO)."""
        return self._of(campaign, f"unasked:{day}")

    def admitted(self, campaign: str, push: str) -> str:
        """set of person ids, 48 h: who gets a scheduled push (`push:occurrence`) that nobody asked for."""
        return self._of(campaign, f"admitted:{push}")

    def teams(self, campaign: str) -> str:
        """sorted set code by registration number, for ever."""
        return self._of(campaign, "teams")

    def number(self, campaign: str) -> str:
        """string counter, for ever: the last registration number."""
        return self._of(campaign, "number")

    def codes(self, campaign: str) -> str:
        """hash registration number (six digits) → team code, for ever."""
        return self._of(campaign, "codes")

    def names(self, campaign: str) -> str:
        """hash `unit key|region|project` → team code, for ever: a unit registers once per project."""
        return self._of(campaign, "names")

    def unit(self, campaign: str, unit_key: str) -> str:
        """set of team codes, for ever: the teams of one unit."""
        return self._of(campaign, f"unit:{unit_key}")

    def region_units(self, campaign: str, region: str) -> str:
        """set of unit keys, for ever: the candidates when a unit's name is compared by likeness."""
        return self._of(campaign, f"units:{region}")

    def roster(self, campaign: str) -> str:
        """hash `unit key|region` → JSON RosterUnit, for ever: the units that are expected."""
        return self._of(campaign, "roster")

    def roster_people(self, campaign: str) -> str:
        """hash `unit key|region` → JSON UnitPeople, until erased: the people of those units."""
        return self._of(campaign, "roster:people")

    def roster_liaisons(self, campaign: str) -> str:
        """hash `unit key|region` → JSON RosterLiaison, until erased: their liaisons' codes, or who bound herself."""
        return self._of(campaign, "roster:liaisons")

    def roster_name(self, campaign: str, unit_key: str) -> str:
        """set of `unit key|region`, for ever: the units on the roster that are called so."""
        return self._of(campaign, f"roster-name:{unit_key}")

    def roster_region(self, campaign: str, region: str) -> str:
        """set of `unit key|region`, for ever: the units on the roster of a region and of all that lies in it."""
        return self._of(campaign, f"roster-region:{region}")

    def platform(self, campaign: str) -> str:
        """hash team code → JSON Confirmed, for ever: what the platform says of a team."""
        return self._of(campaign, "platform")

    def platform_pages(self, campaign: str) -> str:
        """hash donation page → team code, for ever: whose page it was found to be."""
        return self._of(campaign, "platform:pages")

    def strays(self, campaign: str) -> str:
        """hash donation page or its name → JSON Stray, until erased: the platform's rows that are nobody's."""
        return self._of(campaign, "platform:strays")

    def platform_moment(self, campaign: str) -> str:
        """hash `newest` → ISO 8601, for ever: the moment of the newest figures that came from the platform."""
        return self._of(campaign, "platform:moment")

    def captains(self, campaign: str) -> str:
        """hash person id → space-separated codes of her teams, until erased."""
        return self._of(campaign, "captains")

    def roles(self, campaign: str) -> str:
        """hash person id → space-separated `role:region`, until taken away or erased."""
        return self._of(campaign, "roles")

    def invites(self, campaign: str) -> str:
        """hash code → JSON Invitation, until accepted, a while after it lapsed, or erased: the open invitations."""
        return self._of(campaign, "invites")

    def liaison_codes(self, campaign: str) -> str:
        """hash code → JSON LiaisonCode, until used or over: by what a unit's liaison binds herself."""
        return self._of(campaign, "liaison-codes")

    def role_cards(self, campaign: str) -> str:
        """hash person id → JSON RoleCard, until revoked or erased: names, since when, invited by whom."""
        return self._of(campaign, "role-cards")

    def former_role(self, campaign: str, person: str) -> str:
        """hash {card: JSON RoleCard}, 48 h, until erased: the card of somebody whose role was taken away."""
        return self._of(campaign, f"former-role:{person}")

    def unit_people(self, campaign: str) -> str:
        """hash `team code|post` → JSON UnitPerson, until erased: whom units named besides their captains."""
        return self._of(campaign, "unit-people")

    def liaisons(self, campaign: str) -> str:
        """hash person id → space-separated codes of the teams whose liaison she is, until erased."""
        return self._of(campaign, "liaisons")

    def matters(self, campaign: str, kind: str) -> str:
        """hash number (`D12`) → JSON Matter: what waits for a decision, and what was decided, of one kind.

        kind: `question`, 30 days after its last word; `incident`, for ever, its text and result 30 days; `delivery`, as
        long as the record of its push; `review`, `difference` and `raise`, for ever.
        """
        return self._of(campaign, f"matters:{kind}")

    def docket(self, campaign: str, scope: str) -> str:
        """sorted set number (`D12`) → when it is due (business time, Unix seconds), while it is open: the figures that
        wait for a coordinator. scope: all, `region:R`.
        """
        return self._of(campaign, f"docket:{scope}")

    def differing(self, campaign: str, scope: str) -> str:
        """sorted set number (`D12`) → since when (business time, Unix seconds), while it is open: the differences from
        the platform. scope: all, `region:R`.
        """
        return self._of(campaign, f"differing:{scope}")

    def state(self, campaign: str) -> str:
        """hash {state: `closed` or `frozen`}, from the close on: what every write of figures relies on."""
        return self._of(campaign, "state")

    def next_matter(self, campaign: str) -> str:
        """string counter, for ever: the number of the last matter, of any kind."""
        return self._of(campaign, "matters:next")

    def before_matters(self, campaign: str, name: str) -> str:
        """hash number → JSON, until it is carried over: `questions` and `incidents` of schema version 1."""
        return self._of(campaign, name)

    def waiting(self, campaign: str) -> str:
        """set of team codes, until a coordinator decides: the teams that wait to be let in."""
        return self._of(campaign, "waiting")

    def alike(self, campaign: str) -> str:
        """hash team code → space-separated codes, for ever: teams whose names were like its own as it registered."""
        return self._of(campaign, "alike")

    def claims(self, campaign: str) -> str:
        """hash claim code → team code, until claimed: the teams that wait for a captain."""
        return self._of(campaign, "claims")

    def contact_cards(self, campaign: str) -> str:
        """hash person id (or `#code` of an unclaimed team) → JSON {name, phone}, until erased."""
        return self._of(campaign, "cards")

    def subscribers(self, campaign: str) -> str:
        """hash person id → `evening`, `noon` or `all`, until they unsubscribe or are erased: who gets which ones."""
        return self._of(campaign, "subscribers")

    def reports(self, campaign: str) -> str:
        """hash report id → JSON, for ever."""
        return self._of(campaign, "reports")

    def withdrawn(self, campaign: str) -> str:
        """hash `team code|channel` → JSON Withdrawal, until it is put back: what was taken back there last."""
        return self._of(campaign, "withdrawn")

    def heard(self, campaign: str, scope: str) -> str:
        """sorted set registration number → yyyymmdd, for ever: the day on which a team on the lists was last heard of.

        scope: all, `region:R`.
        """
        return self._of(campaign, f"heard:{scope}")

    def roll(self, campaign: str, roll: str, scope: str) -> str:
        """sorted set registration number → 0, for ever: the teams in a state. scope: all, `region:R`."""
        return self._of(campaign, f"roll:{roll}:{scope}")

    def counts(self, campaign: str) -> str:
        """hash `teams`, `teams:region:R`, `teams:project:P` → number of teams, for ever."""
        return self._of(campaign, "counts")

    def totals(self, campaign: str) -> str:
        """hash amount, donations, offline, matched, `today:DATE` → sums in fen or 人次, for ever; `matched`: what the
        platform confirmed."""
        return self._of(campaign, "totals")

    def board(self, campaign: str, metric: str, scope: str) -> str:
        """sorted set registration number → negative value, for ever: a ranking of teams.

        metric: amount, donations, `today:DATE`; scope: all, `region:R`, `project:P`.
        """
        return self._of(campaign, f"board:{metric}:{scope}")

    def sums(self, campaign: str, metric: str, dimension: str) -> str:
        """sorted set → negative sum, for ever: a ranking of regions or projects (by id) or of units
        (`unit key|region`); dimension: region, project, unit, `unit:region:R`."""
        return self._of(campaign, f"sums:{metric}:{dimension}")

    def curve(self, campaign: str, day: str) -> str:
        """hash `HH|scope` → fen, 8 days: what had come in on a local day (ISO) when the hour was looked at last.

        scope: all, `region:R`.
        """
        return self._of(campaign, f"curve:{day}")

    def awards(self, campaign: str) -> str:
        """hash award id → JSON Settled, for ever: the lists of awards that were settled."""
        return self._of(campaign, "awards")

    def targets(self, campaign: str) -> str:
        """hash region id ('' for the campaign), or `project:ID` → JSON Target, for ever: what organizers count upon and
        hope for, where they set it.
        """
        return self._of(campaign, "targets")

    def tasks(self, campaign: str) -> str:
        """hash `task|region` → number of items, for ever: progress where no money is counted."""
        return self._of(campaign, "tasks")

    def newest_counts(self, campaign: str) -> str:
        """hash `task|region` → JSON Count, until it is taken back: the count that stands, and its predecessor."""
        return self._of(campaign, "tasks:newest")

    def snapshot(self, campaign: str, occurrence: str) -> str:
        """string JSON, for ever: the figures that every copy of one push was written from."""
        return self._of(campaign, f"snapshot:{occurrence}")

    def picture(self, campaign: str, name: str) -> str:
        """string base64 of a PNG, three days, a team's five minutes: a picture that was drawn."""
        return self._of(campaign, f"picture:{name}")

    def picture_media(self, campaign: str, name: str) -> str:
        """string, 60 h: WeChat's media id of a picture."""
        return self._of(campaign, f"picture-media:{name}")

    def picture_asked(self, campaign: str, name: str) -> str:
        """string `1`, ten minutes or until it is drawn: that a picture is wanted already."""
        return self._of(campaign, f"picture-asked:{name}")

    def picture_waiting(self, campaign: str, name: str) -> str:
        """list of JSON Notification, three days or until it is drawn: what is pushed once a picture is."""
        return self._of(campaign, f"picture-waiting:{name}")

    def picture_token(self, campaign: str, name: str) -> str:
        """string, 30 days: the token of a picture's address."""
        return self._of(campaign, f"picture-token:{name}")

    def planned(self, campaign: str) -> str:
        """hash `push:occurrence:rev` → number of notifications, for ever: the pushes that stand in the outbox."""
        return self._of(campaign, "planned")

    def ahead(self, campaign: str) -> str:
        """hash `push:occurrence` → the revision under which it is planned, for ever: what a clock that ran ahead had
        planned before its minute."""
        return self._of(campaign, "ahead")

    def switched_off(self, campaign: str) -> str:
        """set of ids of pushes, until they are switched on again: what an organizer does not want sent."""
        return self._of(campaign, "switched-off")

    def issue(self, campaign: str) -> str:
        """string counter, for ever: the number of the last bulletin."""
        return self._of(campaign, "issue")

    def issues(self, campaign: str) -> str:
        """hash number of a bulletin → the rest of its snapshot's key (`job:occurrence:rev`), for ever: the newest of
        each number."""
        return self._of(campaign, "issues")

    def notification(self, campaign: str, notification_id: str) -> str:
        """hash {doc, status, channel, sender, reason, attempts, begun_at, doubted, settled_at, asked_again,
        overruled, matter}, 90 days; `begun_at`: when it may have gone out first, `doubted`: by which channel, where it
        waits all the same; `overruled`: the outcome in whose place it was asked for again; `matter`: the number under
        which its outcome waits, or waited, for a coordinator.
        """
        return self._of(campaign, f"outbox:{notification_id}")

    def hooks(self, campaign: str) -> str:
        """hash {seen, totals, totals_at}, for ever: how far its other systems have been told (ledger ids, a moment)."""
        return self._of(campaign, "hooks")

    def due(self, campaign: str) -> str:
        """sorted set notification id by due time (business time, Unix seconds), until settled."""
        return self._of(campaign, "outbox:due")

    def put_off(self, campaign: str) -> str:
        """sorted set notification id by the time (business time, Unix seconds) at which it was lent or postponed last,
        until settled."""
        return self._of(campaign, "outbox:put-off")

    def books(self, campaign: str) -> str:
        """hash id → JSON MadeBook, until it is a day old or somebody leaves: the books that were asked for."""
        return self._of(campaign, "books")

    def brought(self, campaign: str) -> str:
        """hash id → JSON BroughtTable, a day: the tables that organizers brought to the console."""
        return self._of(campaign, "brought")

    def outbox(self, campaign: str) -> str:
        """sorted set notification id by the time it was first due, trimmed with the records."""
        return self._of(campaign, "outbox:all")
