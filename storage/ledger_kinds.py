"""Every kind of entry of a ledger, and what its fields mean: `docs/ledger.md` is written from here.

A field that only some entries of a kind have is optional; what an earlier version did not write yet is, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Field:
    """What one field of an entry means, with its unit."""

    name: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of entry says."""

    meaning: str
    fields: tuple[Field, ...] = ()

    def misses(self, names: set[str]) -> set[str]:
        """What stands in an entry of this kind and is not told here, or is told here and does not stand there."""
        needed = {field.name for field in self.fields if not field.optional}
        return (names - {field.name for field in self.fields}) | (needed - names)


ENTRY = (
    Field("id", "given by Redis: milliseconds since 1970 (real time), a hyphen, a number; entries are in its order"),
    Field("number", "the registration number that this write gave a team (six digits), else empty"),
    Field("kind", "one of the kinds below"),
    Field("op", "the operation: a message's key, a verb and a line, or `proposal:…`; written once for each"),
    Field("by", "who wrote: a person's random id, `cli` or an operator's, `upgrade`, `clock`"),
    Field("at", "when, in business time: ISO 8601 with its offset"),
    Field("team", "the code of the team that it is about, else empty"),
)
"""What every entry has."""

_PERSON = "a person's random id"
_DAY = Field("day", "the local date of the write")
_OFFICE = Field("office", "`role:region` of whoever acts on another's team", optional=True)
_REPORT = (
    Field("report", "the report's id"),
    Field("channel", "`online` or `offline`"),
    Field(
        "said_as", "`total`, `day` (the day's running total), `increment`, `correction`, or `close` (a midnight figure)"
    ),
    Field("amount_fen", "the team's total in this channel that it leads to, in fen"),
    Field("donations", "the same, in 人次"),
    Field("previous", "the report on which it stands, empty for the first"),
    Field("previous_amount_fen", "the total before it, in fen"),
    Field("previous_donations", "the same, in 人次"),
    Field("reported_at", "when it was said, in business time"),
    Field("reported_by", f"who said it: {_PERSON}"),
    Field("report_day", "the local date to which its figures belong"),
    _DAY,
    Field("as_of", "the moment that was named for the figures", optional=True),
    Field("replaces", "the report that this correction put right", optional=True),
    Field("moved", "the report of another team or channel that this one was", optional=True),
    Field(
        "matter", "the figures that waited for a coordinator and are passed here, or wait again (`D12`)", optional=True
    ),
    Field(
        "difference",
        "the difference from the platform that is decided or settled here, or is open again (`D12`)",
        optional=True,
    ),
    Field("source", "`platform` where the figure is the platform's", optional=True),
    Field("past", "by how much the growth of days that were over changed: `date:fen`, spaces between", optional=True),
    _OFFICE,
)
_FINALS = Field(
    "figures",
    "JSON list of `team` (its code), `channel`, `amount_fen` (null: what was reported stands) and `donations`",
)
_MATTER = Field("matter", "its number, such as `D12`")
_NAME = (Field("unit", "its name as typed"), Field("unit_key", "the same, normalised"))
_REGION, _PROJECT = Field("region", "the region's id"), Field("project", "the project's id")
_STATUS = Field("status", "`active`, `unclaimed`, `pending` or `disabled`")
_DECIDED = (Field("status", "the same word as the kind", optional=True), _OFFICE)
_CODE = Field("claim_code", "the claim code from then on, empty for none")
_CLAIM_AS = Field("claim_as", "what its sender becomes: `captain`, `successor` or `another`")
_VILLAGE = Field("village", "the village or community that the team is linked with (挂钩村)", optional=True)
_LINK = Field("link", "the team's own forwarding link on the platform", optional=True)
_TWIN = Field("twin", "empty: it holds its name itself")
_UNDONE = (replace(_TWIN, optional=True), _OFFICE)
_OF_TEAM = (*_NAME, _REGION, _PROJECT, _STATUS, _CODE, _CLAIM_AS, _TWIN, _VILLAGE, _LINK)
_ABOVE = Field("above", "the report beneath which a midnight figure was put, or is taken away", optional=True)
_POST = (Field("post", "`leader` (分管领导), `liaison` (联络员) or `watch` (舆情专人)"), _OFFICE)
_CASE = (Field("case", "its number"),)
_QUESTION = (Field("question", "the question's number"),)
_ANNOUNCED = (
    Field("regions", "the ids of the regions whose captains were meant, spaces between, empty for the whole campaign"),
    Field("recipients", "how many people it was sent to"),
)
_PLACE = Field("place", "the target's place, as in `raise.asked`")
_TARGET = (
    Field("floor_fen", "what is counted upon (保), in fen, empty for none"),
    Field("hope_fen", "what is hoped for (争), in fen, empty for none"),
)
_STOOD = (Field("stood_floor_fen", "the same before it"), Field("stood_hope_fen", "the same before it"))
_COUNT = (
    Field("task", "the task's id"),
    Field("region", "the region's id"),
    Field("count", "how many items stand then; of one taken back, how many had been said"),
)

KINDS: Mapping[str, Kind] = {
    "team.registered": Kind(
        "A unit joined a project.",
        (
            Field("unit", "its name as typed"),
            Field("unit_key", "the same, normalised"),
            Field("project", "the project's id"),
            Field("region", "the region's id"),
            Field("status", "`active`, `unclaimed` (no captain yet) or `pending` (a coordinator decides)"),
            Field("captain", f"{_PERSON}; empty where there is none"),
            Field("claim_code", "what makes its sender the captain, empty where there is one"),
        ),
    ),
    "team.active": Kind("A coordinator let a waiting team in.", _DECIDED),
    "team.rejected": Kind("A coordinator turned a waiting team away; its name is free again.", _DECIDED),
    "team.merged": Kind(
        "The team goes on as another, its captains with it; its code redirects. Reports keep their origin.",
        (
            Field("into", "the code of the team that goes on"),
            _DAY,
            Field("online", "the codes of the teams whose online totals make up its own from then on, spaces between"),
            Field("offline", "the same of offline totals"),
            Field("growth", "what it grew by on each day, from then on: `date:fen`, spaces between"),
            Field("offline_growth", "the part of it that is offline"),
            Field("amount_fen", "its total from then on, in fen"),
            Field("donations", "the same, in 人次"),
            Field("offline_fen", "the part of its total that is offline, in fen"),
            Field("confirmed", "what the platform says of both from then on, JSON as in `figures`", optional=True),
            Field("differences", "what became of the differences of both, as in `platform.imported`", optional=True),
            _OFFICE,
        ),
    ),
    "team.claimed": Kind(
        "The sender of the claim code became a captain.",
        (
            Field("captain", _PERSON),
            Field(
                "claim_as", "`captain`, `successor` (the only one from then on) or `another` (one more)", optional=True
            ),
        ),
    ),
    "team.renamed": Kind("A team got its unit's right name.", (*_NAME, *_UNDONE)),
    "team.moved": Kind("A team went into another region, with its figures.", (_REGION, *_UNDONE)),
    "team.reassigned": Kind("A team went to another project, with its figures.", (_PROJECT, *_UNDONE)),
    "team.disabled": Kind("A team went off every list, board and sum; its name is free.", (_STATUS, *_UNDONE)),
    "team.enabled": Kind("A team is back on the lists with all its figures.", (_STATUS, _CODE, *_UNDONE)),
    "team.claimable": Kind("A code was made by which somebody becomes a captain.", (_CODE, _CLAIM_AS, *_UNDONE)),
    "team.described": Kind("What a team says of itself was put down.", (_VILLAGE, _LINK, *_UNDONE)),
    "team.restored": Kind(
        "The last act on a team was undone: what it had changed is as it was before.",
        (
            Field("undoes", "the kind of entry that was undone"),
            Field("into", "of a merger: the code of the team that had gone on", optional=True),
            _OFFICE,
            *(replace(field, optional=True) for field in _OF_TEAM),
        ),
    ),
    "roster.changed": Kind(
        "Units came on the roster, or are kept otherwise there.",
        (
            Field(
                "units",
                "JSON list of `unit` (the official name), `short` (what else it is called), `keys` (both, normalised), "
                "`region` and `project` (ids; the project is empty where none is expected)",
            ),
        ),
    ),
    "platform.imported": Kind(
        "What the platform says of teams came in.",
        (
            Field(
                "figures",
                "JSON list of `team` (its code), `amount_fen`, `donations` and `matched_fen` (null where not told), "
                "`as_of` (the moment of the figures), `reported_fen` (what stood as reported online then, "
                "null for nothing) and `page` (its donation page)",
            ),
            Field(
                "differences",
                "JSON list of `matter` (such as `D12`), `team` and `state`: differences that are open, or settled",
                optional=True,
            ),
        ),
    ),
    "campaign.closed": Kind("Captains' reports and registrations ended."),
    "campaign.frozen": Kind("Figures are final from then on: only an organizer changes one."),
    "campaign.opened": Kind("A campaign that was closed goes on."),
    "ledger.archived": Kind(
        "All before was put into a file, and is read from there.",
        (
            Field("until", "the last entry in the file"),
            Field("seal", "the seal of that entry, from which the chain goes on"),
            Field("entries", "how many entries the file has"),
            Field("sha256", "of the file"),
        ),
    ),
    "figures.settled": Kind("What the platform confirmed stands in the place of what was reported.", (_FINALS,)),
    "figure.changed": Kind("An organizer changed a final figure of the team, or undid that.", (_FINALS, _OFFICE)),
    "card.shown": Kind("A coordinator was shown what the captains of the team left of themselves."),
    "cards.shown": Kind(
        "A coordinator was shown what the captains of several teams left of themselves.",
        (Field("teams", "their codes, spaces between"),),
    ),
    "book.taken": Kind(
        "Everything kept about the campaign, or a region of it, was taken out as a file.",
        (
            Field("form", "`json`, `csv` or `xlsx`"),
            Field("region", "the region's id, empty for the whole campaign"),
            Field("parts", "the sheets, or the lists of the document, spaces between"),
            Field("teams", "of how many teams"),
            Field("office", "`role:region` of whoever asked for it in a message or a page", optional=True),
        ),
    ),
    "captains.reminded": Kind("A coordinator had the captains of teams not heard of today reminded.", _ANNOUNCED),
    "captains.notified": Kind(
        "A coordinator sent captains and bound liaisons a notice; its words are not kept here.", _ANNOUNCED
    ),
    "team.rekeyed": Kind(
        "The rule for units' names changed with an upgrade.",
        (
            Field("unit_key", "the name as the new rule normalises it"),
            Field("twin", "the code of the team that holds this name already, else empty"),
        ),
    ),
    "team.heard": Kind("Nothing new today (`今天没有新增`): the team was heard of, without a figure.", (_DAY,)),
    "captain.left": Kind(
        "`by` is no captain of the team any more: she left.",
        (
            Field("status", "the team's from then on: `unclaimed` or `rejected` where nobody else leads it"),
            Field("claim_code", "the code that was made for whoever leads it next, else empty"),
        ),
    ),
    "captain.card": Kind("`by` changed her name or telephone, which are kept elsewhere."),
    "person.left": Kind("`by` left the campaign: no captain, no role, no subscription any more."),
    "person.subscribed": Kind(
        "`by` gets the bulletin.",
        (Field("edition", "`evening`, `noon` (noon's besides) or `all`; absent: evening", optional=True),),
    ),
    "person.unsubscribed": Kind("`by` gets it no longer."),
    "role.granted": Kind(
        "`by` accepted an invitation.",
        (Field("roles", "every role she has from then on: `role:region`, no region for all, spaces between"),),
    ),
    "role.offered": Kind(
        "An organizer invited somebody to a role; who it is, is kept elsewhere.",
        (Field("role", "`coordinator` or `organizer`"), Field("region", "the region's id, empty for all")),
    ),
    "role.revoked": Kind(
        "A role of a person was taken away, or by the operator every one.",
        (
            Field("person", _PERSON),
            Field("roles", "what roles the person has left, as in `role.granted`; absent: none", optional=True),
        ),
    ),
    "role.restored": Kind(
        "A role that was taken away stands again.",
        (Field("person", _PERSON), Field("roles", "every role the person has from then on")),
    ),
    "contact.named": Kind("A team's unit named somebody to a post; who it is, is kept elsewhere.", _POST),
    "contact.removed": Kind("Nobody stands in the post any more.", _POST),
    "contact.invited": Kind("A code was made by which the unit's liaison binds herself.", _POST),
    "contact.bound": Kind("`by` is the liaison of the team's unit and can be written to; it gives no authority."),
    "roster.invited": Kind(
        "Codes were made by which liaisons of units on the roster bind themselves.", (Field("count", "how many"),)
    ),
    "roster.bound": Kind(
        "`by` is the liaison of a unit on the roster and of its teams; it gives no authority.",
        (Field("unit", "the unit's key, `|`, its region's id"),),
    ),
    "report.accepted": Kind("A report was booked.", _REPORT),
    "report.corrected": Kind("A report was put right.", _REPORT),
    "report.retracted": Kind("A report was taken back: the total is the one before it.", (*_REPORT, _ABOVE)),
    "report.restored": Kind("What was taken back last was put back.", (*_REPORT, _ABOVE)),
    "report.closed": Kind(
        "The figure with which yesterday ended was put beneath what had been booked since; the total stays.",
        (*_REPORT, _ABOVE),
    ),
    "report.moved": Kind(
        "A report stood in the wrong place: taken back there, booked here.",
        (
            *_REPORT,
            Field("from", "the code of the team it was taken from"),
            Field("from_past", "as `past`, of that team", optional=True),
        ),
    ),
    "review.opened": Kind(
        "Figures wait for a coordinator: counted nowhere until they are passed; the team was heard of.",
        (
            _MATTER,
            Field("why", "`amount`, `per gift`, `jump`, `drop` (beyond a limit of the file) or `offline`"),
            Field("region", "the id of the team's region"),
            Field("channel", "`online` or `offline`"),
            Field("said_as", "`total`, `day`, `increment` or `correction`"),
            Field("amount_fen", "what was said, in fen", optional=True),
            Field("donations", "the same, in 人次", optional=True),
            Field("as_of", "the moment that was named for the figures", optional=True),
            Field("figure_day", "the local date at whose end they stood", optional=True),
            Field("replaces", "the report that this correction is to put right", optional=True),
            Field("before", "the report on which the total stood, empty for none"),
            Field("before_amount_fen", "that total, in fen"),
            Field("before_donations", "the same, in 人次"),
            Field("reached_amount_fen", "the total it would have led to, in fen"),
            Field("reached_donations", "the same, in 人次"),
            Field("day", "the local date on which it was said"),
            _OFFICE,
        ),
    ),
    "review.taken": Kind("A coordinator looks after figures that wait.", (_MATTER, _OFFICE)),
    "review.returned": Kind("A coordinator did not pass figures that waited.", (_MATTER, _OFFICE)),
    "review.withdrawn": Kind("Figures that waited were taken back.", (_MATTER, _OFFICE)),
    "review.reopened": Kind("Figures that were returned wait again: that was undone.", (_MATTER, _OFFICE)),
    "difference.kept": Kind(
        "What was reported stays although the platform says otherwise, until its figure changes.", (_MATTER, _OFFICE)
    ),
    "difference.asked": Kind("The captain was asked to look at both figures.", (_MATTER, _OFFICE)),
    "difference.reopened": Kind("What was kept waits again: that was undone.", (_MATTER, _OFFICE)),
    "incident.opened": Kind(
        "A complaint or a warning; its words are kept elsewhere, for 30 days.",
        (
            Field("case", "its number"),
            Field("region", "the id of the place it concerns, empty where that is not known", optional=True),
            Field("told", "how many coordinators were notified"),
            Field("sort", "what it is about, by its words: a class of `data/complaints.tsv`", optional=True),
            Field("level", "how grave it sounds: `urgent`, `serious` or `ordinary`", optional=True),
            Field(
                "accused",
                "the regions of the offices that it is about, `*` for the whole campaign's, spaces between",
                optional=True,
            ),
            Field("teams", "the codes of the teams that it may be about, spaces between", optional=True),
        ),
    ),
    "incident.taken": Kind("`by` looks after a case from then on.", _CASE),
    "incident.handed": Kind(
        "A case was handed on, and waits there to be taken.",
        (*_CASE, Field("region", "the id of the region whose office looks after it, empty for the whole campaign's")),
    ),
    "incident.escalated": Kind(
        "Nobody did in time what was to be done about a case: an office above was called.",
        (*_CASE, Field("risen", "the place of that office above the first, counted from 1; one more: the operators")),
    ),
    "incident.closed": Kind("A case is settled; what came of it is kept elsewhere, for 30 days.", _CASE),
    "incident.reopened": Kind(
        "Whoever closed a case undid that.", (*_CASE, Field("state", "what it is again: `open` or `taken`"))
    ),
    "question.answered": Kind("A coordinator answered a question.", _QUESTION),
    "question.adopted": Kind("An answer became an entry of the rulebook.", _QUESTION),
    "question.withdrawn": Kind("Such an entry was taken out again.", _QUESTION),
    "delivery.resent": Kind(
        "A coordinator had a push sent again of which nobody knew whether it arrived.",
        (Field("matter", "its number, such as `D7`"),),
    ),
    "matter.numbered": Kind(
        "What had a number of its own kind got one of the common counter, with an upgrade.",
        (
            Field("of", "`question` or `incident`"),
            Field("was", "its number before"),
            Field("matter", "its number from then on"),
        ),
    ),
    "mass.ordered": Kind("An organizer spoke to everybody who follows the account; the words are not kept here."),
    "push.switched": Kind(
        "An organizer switched a push of the plan.",
        (Field("push", "its id in the campaign file"), Field("to", "`on` or `off`")),
    ),
    "award.settled": Kind(
        "An organizer settled the list of an award, in the place of one that was settled before.",
        (
            Field("award", "the award's id"),
            Field(
                "laureates",
                "JSON list of `key` (a team's code, a unit's key and region, or a region's id), `rank`, `name`, "
                "`region`, `project`, `code` and `value` (fen or 人次)",
            ),
            Field("left_out", "JSON list of the keys of those whom the rule proposed and who are not on it"),
            _OFFICE,
        ),
    ),
    "target.set": Kind(
        "An organizer set what is counted upon and hoped for.",
        (Field("region", "the place, as in `raise.asked`: a region's id, mostly"), *_TARGET),
    ),
    "raise.asked": Kind(
        "A target is to be raised (提额): it waits for an organizer.",
        (
            _MATTER,
            Field("place", "the target's: a region's id, `project:` and a project's id, empty for the whole campaign"),
            Field("region", "the region whose organizers decide, empty for the whole campaign's"),
            Field("before_fen", "what was hoped for (争) then, in fen, empty for none"),
            Field("hope_fen", "what is asked for, in fen"),
        ),
    ),
    "raise.passed": Kind("An organizer raised the target so.", (_MATTER, _PLACE, *_TARGET, *_STOOD)),
    "raise.returned": Kind("An organizer did not raise it.", (_MATTER, _PLACE)),
    "raise.withdrawn": Kind("Whoever asked took it back.", (_MATTER,)),
    "raise.reopened": Kind(
        "The decision was undone: it waits again; what a target was raised from stands again.",
        (_MATTER, _PLACE, *(replace(field, optional=True) for field in _TARGET)),
    ),
    "task.counted": Kind("How many items of a task a region has, where no money is counted.", _COUNT),
    "task.retracted": Kind("The newest such count was taken back.", _COUNT),
}
"""Every kind that was ever written."""

DECISIONS = frozenset(
    {"campaign.closed", "campaign.frozen", "campaign.opened"}
    | {"team.active", "team.rejected", "card.shown", "cards.shown", "book.taken", "role.granted", "role.revoked"}
    | {"question.answered", "question.adopted", "question.withdrawn", "delivery.resent"}
)
"""What offices do besides acting on another's team, where the entry names the office."""
