"""Every Redis key: its name, its type, its lifetime. Nothing else in the house builds a key.

A key of a campaign carries the hash tag `{campaign}`, a key of a person `{openid}`, so that each atomic step
stays inside one slot.
"""

import re
from dataclasses import dataclass

REPLY_SECONDS = 24 * 3600
"""How long a stored reply answers duplicates: longer than any replay window."""
CLAIM_MS = 4500
"""How long a claim of a message and the lock on its sender hold: just under WeChat's 5 s."""
CONVERSATION_SECONDS = 30 * 60
OPERATION_SECONDS = 48 * 3600
"""How long the outcome of a write answers a repetition of it."""
INVITE_SECONDS = 24 * 3600
RAW_TEXT_SECONDS = 30 * 24 * 3600
DELIVERY_SECONDS = 90 * 24 * 3600
PICTURE_SECONDS = 3 * 24 * 3600
TEAM_PICTURE_SECONDS = 300
"""A team's picture is sent at once, and drawn again for whoever opens its address later: there may be many."""
NOTICE_SECONDS = 7 * 24 * 3600
"""How long it is remembered what WeChat tells of a push: its events come within minutes."""
RECEIPT_SECONDS = 7 * 24 * 3600
"""How long a push and the event that tells its end wait for each other: it comes within minutes."""
MAILS_AT_MOST = 20
MAILBOX_SECONDS = 30 * 24 * 3600
"""How long a mailbox is kept after the last push was left in it."""
SILENCED_SECONDS = 600
"""How long a message over the limit stays answered: as long as the same push may be sent to us again."""
FAREWELL_SECONDS = 600
"""The same for the message with which somebody left: nothing else of hers stays."""
DEAD_LETTER_SECONDS = 7 * 24 * 3600
PASS_SECONDS = 600
"""How long the console's link and code open it, and how long wrong codes are remembered."""
SESSION_SECONDS = 12 * 3600
"""How long a session of the console lasts at most: a working day."""
SESSION_IDLE_SECONDS = 2 * 3600
"""How long it lasts while nothing is asked of it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Key names under one installation's prefix."""

    prefix: str

    # --- the installation -------------------------------------------------------------------------------

    def stamp(self) -> str:
        """hash {mode, appid}, for ever: what this database was born as."""
        return f"{self.prefix}:stamp"

    def schema(self) -> str:
        """string, for ever: the schema version, which is the number of steps that the database has taken."""
        return f"{self.prefix}:{{schema}}:version"

    def schema_findings(self) -> str:
        """list of lines, for ever: what the steps left for a person to decide."""
        return f"{self.prefix}:{{schema}}:findings"

    def clock(self) -> str:
        """string, for ever: seconds that rehearsal business time runs ahead of real time."""
        return f"{self.prefix}:clock"

    def campaigns(self) -> str:
        """hash id → JSON {version, published_at, file}, for ever: the published campaigns."""
        return f"{self.prefix}:campaigns"

    def campaigns_version(self) -> str:
        """string counter, for ever: grows with each publication, so that a process notices."""
        return f"{self.prefix}:campaigns:version"

    def taught(self) -> str:
        """hash masked line → intent, until it is unlearned: what operators taught. A change counts as a publication."""
        return f"{self.prefix}:taught"

    def next_code(self) -> str:
        """string counter, for ever: the last team code given out, installation-wide."""
        return f"{self.prefix}:{{codes}}:next"

    def code_owners(self) -> str:
        """hash code → campaign, for ever."""
        return f"{self.prefix}:{{codes}}:campaigns"

    def invite(self, code: str) -> str:
        """string campaign, 24 h: which campaign an invitation, or a liaison's code, is for."""
        return f"{self.prefix}:invite:{code}"

    def scene(self, token: str) -> str:
        """string JSON {campaign, team}, as long as the QR code lives: what a scene stands for."""
        return f"{self.prefix}:scene:{token}"

    def scene_code(self, token: str) -> str:
        """string, as long as the QR code lives: what its picture says, once WeChat has made it."""
        return f"{self.prefix}:scene-code:{token}"

    def scene_asked(self, campaign: str, team: str) -> str:
        """string token, a week shorter than the QR code lives: the code that is given to whoever asks for this one."""
        return f"{self.prefix}:scene-asked:{campaign}/{team}"

    def pictures_wanted(self) -> str:
        """list of JSON Picture, until each is drawn: what the worker has to draw."""
        return f"{self.prefix}:pictures-wanted"

    def picture_address(self, token: str) -> str:
        """string JSON Picture, 60 days: what a token in an address stands for."""
        return f"{self.prefix}:picture-address:{token}"

    def scenes_wanted(self) -> str:
        """list of tokens, until each has its QR code: what the worker has to make."""
        return f"{self.prefix}:scenes-wanted"

    def pushed(self, push: str) -> str:
        """string `campaign/notification id`, 7 days: our push behind WeChat's id."""
        return f"{self.prefix}:pushed:{push}"

    def receipt(self, push: str) -> str:
        """string `sent/…` or `failed/…` in WeChat's words, 7 days: what became of the push with WeChat's id."""
        return f"{self.prefix}:receipt:{push}"

    def dead_letters(self) -> str:
        """stream {reason, content, of}, the newest 200, 7 days: pushes that could not be read; `of`: openids in it."""
        return f"{self.prefix}:dead-letters"

    def lease(self, name: str) -> str:
        """string token, ≤ 15 s: who holds a single-holder duty."""
        return f"{self.prefix}:lease:{name}"

    def pace(self, name: str) -> str:
        """list of Unix times in ms (real time), as long as the window: the last sendings to a group robot."""
        return f"{self.prefix}:pace:{name}"

    def quota(self, channel: str, day: str) -> str:
        """string counter, 48 h: the account's sendings by a channel on a day of China's (yyyymmdd), by blocks."""
        return f"{self.prefix}:quota:{channel}:{day}"

    def mass_places(self, span: str) -> str:
        """string counter, 40 days: the account's messages to everybody in a day (yyyymmdd) or month (yyyymm)."""
        return f"{self.prefix}:mass:{span}"

    def sendings(self) -> str:
        """hash `channel code` → number, for ever: how the sendings of every process ended, code 0 for good."""
        return f"{self.prefix}:sendings"

    def alerts(self) -> str:
        """hash part → JSON {code, text, mend, at}, until it works again or a day has passed: what to mend."""
        return f"{self.prefix}:alerts"

    def failures(self) -> str:
        """hash part → number of failures, as long as its alert stands: how often it failed."""
        return f"{self.prefix}:alerts:failures"

    def token(self, appid: str) -> str:
        """string JSON {token, exp in Unix seconds}, as long as WeChat said: the account's access token."""
        return f"{self.prefix}:{{{appid}}}:token"

    def token_lock(self, appid: str) -> str:
        """string, ≤ 60 s: the mark of the one process that fetches a token, or that just failed to."""
        return f"{self.prefix}:{{{appid}}}:token-lock"

    def erasures(self) -> str:
        """set of openids, until each is erased in full: who left."""
        return f"{self.prefix}:erasures"

    def erased(self) -> str:
        """string, until our own server's append-only file is written anew: somebody was erased."""
        return f"{self.prefix}:erased"

    def departed(self) -> str:
        """hash person id → when she left (ISO), until the list beside the database has it."""
        return f"{self.prefix}:departed"

    def who(self, person_id: str) -> str:
        """string openid, until erased: the way from a person's id back to the WeChat user."""
        return f"{self.prefix}:who:{person_id}"

    # --- the console ({console}) ------------------------------------------------------------------------

    def _of_console(self, name: str) -> str:
        return f"{self.prefix}:{{console}}:{name}"

    def console_secret(self) -> str:
        """string, for ever: what signs the console's forms, where the settings name nothing."""
        return self._of_console("secret")

    def console_pass(self, digest: str) -> str:
        """string JSON Pass, 10 min, until used: whom a link (by the digest of its token) lets in."""
        return self._of_console(f"pass:{digest}")

    def console_code(self, code: str) -> str:
        """string digest, 10 min: the pass that six digits stand for."""
        return self._of_console(f"code:{code}")

    def console_newest_pass(self, person: str) -> str:
        """string digest, 10 min: the one pass of a person that is good."""
        return self._of_console(f"newest-pass:{person}")

    def console_wrong(self, address: str) -> str:
        """string counter, 10 min: the wrong codes from an address (its digest), or from all (`*`)."""
        return self._of_console(f"wrong:{address}")

    def console_looks(self, address: str) -> str:
        """string counter, 1 min: how often the entry was asked for from an address (its digest)."""
        return self._of_console(f"looks:{address}")

    def session(self, digest: str) -> str:
        """string JSON Session, 2 h after its last use and 12 h after its beginning: who it is (by the digest of its
        id)."""
        return self._of_console(f"session:{digest}")

    def sessions(self, person: str) -> str:
        """set of digests, 12 h after the last of them began: the sessions of a person."""
        return self._of_console(f"sessions:{person}")

    def console_outcome(self, person: str, key: str) -> str:
        """string JSON, 48 h: what a form of hers (by its key) led to, shown again to whoever sends it twice."""
        return self._of_console(f"outcome:{person}:{key}")

    # --- a person ({openid}) ----------------------------------------------------------------------------

    def person(self, openid: str) -> str:
        """hash, until erased: id, named campaign, and the 48-hour window."""
        return f"{self.prefix}:{{{openid}}}:person"

    def inbox(self, openid: str, message_key: str) -> str:
        """string `P…` (claimed, 4.5 s) or `D…` (the stored reply, 24 h)."""
        return f"{self.prefix}:{{{openid}}}:inbox:{message_key}"

    def lock(self, openid: str) -> str:
        """string token, 4.5 s: one message of a person at a time."""
        return f"{self.prefix}:{{{openid}}}:lock"

    def waiter(self, openid: str) -> str:
        """string token, 4.5 s: the one message that waits while another of hers is in work."""
        return f"{self.prefix}:{{{openid}}}:waiter"

    def rate(self, openid: str) -> str:
        """string counter, 60 s: her messages since the first of this minute."""
        return f"{self.prefix}:{{{openid}}}:rate"

    def conversation(self, openid: str) -> str:
        """string JSON, 30 min: the open dialogue."""
        return f"{self.prefix}:{{{openid}}}:conversation"

    def conversations(self) -> str:
        """The glob pattern of everybody's open dialogue."""
        return pattern(f"{self.prefix}:{{") + "}:conversation"

    def mailbox(self, openid: str) -> str:
        """list of JSON {text, read_until}, at most 20, until read or 30 days without a new one: pushes of last resort,
        shown with the next reply."""
        return f"{self.prefix}:{{{openid}}}:mailbox"

    def credits(self, openid: str) -> str:
        """hash template id → number, until erased: the subscription notices that she still allows."""
        return f"{self.prefix}:{{{openid}}}:credits"

    def credits_out(self, openid: str) -> str:
        """hash template id → number, until erased: credits taken for notices whose event has not come."""
        return f"{self.prefix}:{{{openid}}}:credits:out"

    def credits_heard(self, openid: str) -> str:
        """sorted set event by when it was counted (real time, Unix seconds), 24 h: the events about her notices."""
        return f"{self.prefix}:{{{openid}}}:credits:heard"

    def wishes(self, openid: str) -> str:
        """hash `campaign/team code` → fen, until erased: what a captain wishes for her own team."""
        return f"{self.prefix}:{{{openid}}}:wishes"

    def said(self, openid: str) -> str:
        """stream {key, text}, entries of 30 days: what she typed, to look into a complaint."""
        return f"{self.prefix}:{{{openid}}}:said"

    def unheard(self, openid: str) -> str:
        """sorted set masked line by when she said it (business time, Unix seconds), the newest 50, 30 days: what was
        not understood."""
        return f"{self.prefix}:{{{openid}}}:unheard"

    def all_unheard(self) -> str:
        """The glob pattern of everybody's lines that were not understood."""
        return pattern(f"{self.prefix}:{{") + "}:unheard"

    def mailbox_left(self, openid: str) -> str:
        """sorted set notification id by when it was left (real time, Unix seconds), 48 h: what lies in her mailbox, or
        lay there."""
        return f"{self.prefix}:{{{openid}}}:mailbox:left"

    # --- a campaign ({campaign}) ------------------------------------------------------------------------

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
        (`unit key|region`)."""
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
        """hash {doc, status, channel, sender, reason, attempts, begun_at, settled_at, asked_again,
        overruled, matter}, 90 days; `overruled`: the outcome in whose place it was asked for again; `matter`: the
        number under which its outcome waits, or waited, for a coordinator.
        """
        return self._of(campaign, f"outbox:{notification_id}")

    def hooks(self, campaign: str) -> str:
        """hash {seen, totals, totals_at}, for ever: how far its other systems have been told (ledger ids, a moment)."""
        return self._of(campaign, "hooks")

    def due(self, campaign: str) -> str:
        """sorted set notification id by due time (business time, Unix seconds), until settled."""
        return self._of(campaign, "outbox:due")

    def books(self, campaign: str) -> str:
        """hash id → JSON MadeBook, until it is a day old or somebody leaves: the books that were asked for."""
        return self._of(campaign, "books")

    def brought(self, campaign: str) -> str:
        """hash id → JSON BroughtTable, a day: the tables that organizers brought to the console."""
        return self._of(campaign, "brought")

    def outbox(self, campaign: str) -> str:
        """sorted set notification id by the time it was first due, trimmed with the records."""
        return self._of(campaign, "outbox:all")


def pattern(beginning: str) -> str:
    """The glob pattern of the keys that begin so: whatever a prefix or an id holds stands for itself."""
    return re.sub(r"[\\*?\[\]]", r"\\\g<0>", beginning) + "*"
