"""From what is claimed to what is written: the policy table first, then what figures of one message make together, then
what the team's standing makes of a figure without a kind, and last whether it is plausible.

Pure: the team is passed in. Figures are weighed against its totals; nothing is looked up and nothing is written.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from handlers.understand.attributes import Channel
from handlers.understand.claim import Claim, Claims, ruled
from handlers.understand.placing import beyond, doubts, placed_by_ledger
from handlers.understand.sums import aims_by_share, listed, proved_total, summed_up, without_counted_parts
from handlers.understand.together import Conflict, Together, combined, grew_otherwise, without_matched
from handlers.understand.verdicts import Book, Choose, Doubt, Heard, Note, Offer, Refuse, Verdict
from storage.models.teams import Team
from storage.reckoning import Reading, reach

PAIR = 2
"""Figures of a message that tells what stood and what stands."""


def is_written(claim: Claim) -> bool:
    """Whether the policy writes a figure, by what is said of it."""
    return ruled(claim).outcome in ("book", "midnight")


def weigh(claims: Claims, team: Team, now: datetime) -> Verdict | None:
    """What becomes of a report about a team at a local time of its campaign; None where it claims nothing."""
    verdict = _weigh(claims, team, now)
    if claims.sounds_like and isinstance(verdict, Book):
        return Offer(verdict.readings, (Doubt("opinion", ""),), verdict.notes)
    return verdict


def _weigh(claims: Claims, team: Team, now: datetime) -> Verdict | None:
    if not claims.claims or claims.nothing:
        return Heard() if claims.nothing and not claims.turns else None
    if _says_it_stands(claims, team):
        return Heard()
    if len(claims.codes) > 1:
        return Refuse("several teams", claims.line.typed.strip())
    ruled_out: list[tuple[Claim, Doubt]] = []
    notes: list[Note] = []
    kept: list[Claim] = []
    apart = 0
    aims = aims_by_share(claims.claims, claims.tokens)
    notes += [Note("goal", _quoted(claims, claim)) for claim in aims]
    told = without_counted_parts([claim for claim in claims.claims if claim not in aims])
    proved = proved_total(told, team, now.date()) or summed_up(told, team) or listed(told, team, now.date())
    for claim in [proved] if proved else told:
        if claim.channel == "matched" and claim.relation != "part":
            notes.append(Note("matched", _quoted(claims, claim)))
            apart += claim.amount_fen or 0
            continue
        if claim.told_before and not _stood(claim, team, now):
            ruled_out.append((claim, Doubt("far apart", _quoted(claims, claim))))
            continue
        if claim.told_before and claim is not claims.claims[-1]:
            continue
        if claim.mood == "denied" and len(told) > 1 and _stood(claim, team, now):
            continue
        if len(told) == PAIR and claim is told[0] and _rose_from(claim, told[-1]) and _stood(claim, team, now):
            continue
        row = ruled(claim)
        if row.outcome in ("book", "midnight"):
            kept.append(claim)
        elif row.outcome == "aside" and not (
            row.reason == "other" and claim.relation == "apart" and claim.channel_named
        ):
            notes.append(Note(row.reason, _quoted(claims, claim)))
        else:
            ruled_out.append((claim, Doubt(row.reason, _word(claims, claim))))
    kept = without_matched(kept, apart)
    whole = max((claim.amount_fen or 0 for claim in kept if claim.relation != "part"), default=0)
    channels = {claim.channel for claim in kept}
    grows = all(claim.kind == "increment" for claim in kept)
    beside = [
        (c, d)
        for c, d in ruled_out
        if _says_nothing_against(c, whole, channels, team, now) and not (grows and _is_a_gift_beside(c))
    ]
    notes += [Note(doubt.reason, _quoted(claims, claim)) for claim, doubt in beside]
    ruled_out = [each for each in ruled_out if each not in beside]
    inner = [claim for claim, _ in beside if claim.whose == "part" and claim.relation == "part"]
    if sum(claim.amount_fen or 0 for claim in inner) > whole:
        ruled_out.append((inner[-1], Doubt("far apart", _quoted(claims, inner[-1]))))
    if broken := next((claim for claim in kept if claim.doubt not in ("", "parted")), None):
        return Refuse(broken.doubt, _quoted(claims, broken))
    if not kept:
        return _nothing_kept(claims, ruled_out, notes, team, now)
    return _weighed(claims, kept, ruled_out, tuple(notes), team, now)


def _says_it_stands(claims: Claims, team: Team) -> bool:
    """Whether she says that nothing came in, and names the figure that stands: `跟昨天一样9000元`."""
    nothing = any(token.has("nothing") for token in claims.tokens)
    if not nothing or claims.turns or claims.unknown or len(claims.claims) != 1:
        return False
    claim = claims.claims[0]
    hers = (claim.whose, claim.direction, claim.what, claim.channel) == ("own", "in", "yuan", "online")
    stands = team.online.report and claim.amount_fen == team.online.amount_fen
    fits = claim.gifts in (None, team.online.donations) and claim.mood in ("said", "denied")
    return bool(hers and stands and fits and not claim.doubt and not claim.strange)


def _weighed(
    claims: Claims,
    kept: Sequence[Claim],
    ruled_out: Sequence[tuple[Claim, Doubt]],
    notes: tuple[Note, ...],
    team: Team,
    now: datetime,
) -> Verdict:
    """The verdict on figures that may be written, beside others that may not."""
    together = combined(kept, team, now.date())
    if isinstance(together, Conflict):
        if together.last is None or claims.turns:
            return Refuse(together.reason, claims.line.typed.strip())
        together = Together((together.last,), (Doubt(together.reason, claims.line.typed.strip()),))
    said = [Doubt("strange", w) for claim in kept if claim.channel != "matched" for w in claim.strange]
    said += [Doubt("parted", _quoted(claims, claim)) for claim in kept if claim.doubt]
    said += [Doubt("turned", words) for words in claims.turns] + [Doubt("unknown", words) for words in claims.unknown]
    said += [doubt for _, doubt in ruled_out] + list(together.doubts)
    said += [Doubt("inside or apart", "") for claim in kept if claim.handed and _may_be_all(claim, team)]
    said += [Doubt("worked out", _word(claims, claim)) for claim in kept if _is_worked_out(claim, claims)]
    said += [Doubt("surplus", _quoted(claims, claim)) for claim in kept if _may_be_too_much(claim, claims)]
    said += [Doubt("far apart", _quoted(claims, each)) for each in claims.claims if _contradicts(each, kept, team, now)]
    compared = _compared_otherwise(claims, kept, team, now)
    said += [Doubt("far apart", compared)] if compared else []
    stood = [each for each in claims.claims if each.when == "day" and each not in kept and _stood(each, team, now)]
    said += [Doubt("several", _quoted(claims, each)) for each in stood if grew_otherwise(each, kept, team)]
    both = next((claim for claim in kept if claim.relation == "both"), None)
    if both and team.total("offline" if both.booked_on == "online" else "online").amount_fen:
        return Refuse("both", _quoted(claims, both))
    said += [Doubt("both", _quoted(claims, both))] if both else []
    readings: list[Reading] = []
    for claim in together.claims:
        placed = placed_by_ledger(claim, team, now)
        if isinstance(placed, Choose):
            if len(together.claims) > 1:
                return Refuse("several", claims.line.typed.strip())
            return replace(placed, doubts=(*said, *placed.doubts), notes=notes)
        readings.append(placed.reading)
        said += placed.doubts
        said += doubts(claims.campaign, team, placed.reading, now)
        team = _after(team, placed.reading, now.date())
    notes += together.notes
    return Offer(tuple(readings), tuple(dict.fromkeys(said)), notes) if said else Book(tuple(readings), notes)


def _contradicts(claim: Claim, kept: Sequence[Claim], team: Team, now: datetime) -> bool:
    """Whether a difference to yesterday is far from that of the total beside it: `累计10200元，比昨天多了500`."""
    total = next((each for each in kept if each.kind in ("total", "soft") and each.amount_fen), None)
    if claim.mood != "compared" or not claim.amount_fen or total is None or claim.booked_on != total.booked_on:
        return False
    opening = team.opening(total.booked_on, now.date()).amount_fen
    present = team.total(total.booked_on).amount_fen
    grown = ((total.amount_fen or 0) - opening, (total.amount_fen or 0) - present)
    return bool(opening) and all(abs(each - claim.amount_fen) * 2 > claim.amount_fen for each in grown)


def _compared_otherwise(claims: Claims, kept: Sequence[Claim], team: Team, now: datetime) -> str:
    """A comparison without a figure that does not hold with the total beside it: `13240元，比昨天少了点`."""
    total = next((claim for claim in kept if claim.kind in ("total", "soft", "bare") and claim.amount_fen), None)
    if total is None:
        return ""
    grown = (total.amount_fen or 0) > team.opening(total.booked_on, now.date()).amount_fen
    said = [token for token in claims.tokens if not token.has("say", "particle")]
    for place, (one, other) in enumerate(pairwise(said)):
        measured = any(token.figure for token in said[place + 2 : place + 3])
        if one.has("stood") and other.has("compares", "less" if grown else "more") and not measured:
            return one.text + other.text
    return ""


def _may_be_all(claim: Claim, team: Team) -> bool:
    """Whether a figure of which only the clause ahead tells of cash may be the total online."""
    return (claim.amount_fen or 0) >= team.online.amount_fen


def _may_be_too_much(claim: Claim, claims: Claims) -> bool:
    """Whether 多了 alone says that a lonely figure came in: it may as well have been told too much (`多了80元`)."""
    both = claim.amount_fen is not None and claim.gifts is not None
    if (
        len(claims.claims) > 1
        or claim.kind != "increment"
        or both
        or not any(token.has("surplus") for token in claims.tokens)
    ):
        return False
    others = [token for token in claims.tokens if not token.has("surplus")]
    return not any(each.has("kind") or each.has("when") or each.has("say", "verb", "giver") for each in others)


def _is_worked_out(claim: Claim, claims: Claims) -> bool:
    """Whether a figure is only worked out: of what each one gives (`一人捐10块，全校2000人就是2万`), or with an aim
    (`昨天9000，晚上要多400，一共9400`)."""
    if claim.kind == "bare" and any(each.what == "rate" and each.start < claim.start for each in claims.claims):
        return True
    told = [each.amount_fen or 0 for each in claims.claims if each.mood == "said"]
    planned = [each.amount_fen or 0 for each in claims.claims if each.mood in ("goal", "if") and each.amount_fen]
    return claim.summed and any(one + other == claim.amount_fen for one in told for other in planned)


def _nothing_kept(
    claims: Claims, ruled_out: Sequence[tuple[Claim, Doubt]], notes: Sequence[Note], team: Team, now: datetime
) -> Verdict:
    """Nothing may be written as it stands: what she may have meant is offered, or it is said why not."""
    if not ruled_out and len(claims.claims) == 1 and (meant := _meant(claims.claims[0], notes[0].reason, team, now)):
        ruled_out, notes = [(meant, Doubt(notes[0].reason, _word(claims, claims.claims[0])))], ()
    if len(ruled_out) == 1 and not claims.claims[0].doubt:
        claim, doubt = ruled_out[0]
        if doubt.reason != "giver" and not claim.doubt:
            placed = placed_by_ledger(replace(claim, when="now"), team, now)
            reading = placed.reading
            if not beyond(claims.campaign, team, reading, now.date()):
                more = tuple(Doubt("turned", words) for words in claims.turns)
                if isinstance(placed, Choose):
                    return replace(placed, doubts=(doubt, *more), notes=tuple(notes))
                return Offer((reading,), (doubt, *more, *placed.doubts), tuple(notes))
    if ruled_out:
        return Refuse(ruled_out[0][1].reason, ruled_out[0][1].words or claims.line.typed.strip())
    return Refuse(notes[0].reason, notes[0].words)


def _meant(claim: Claim, reason: str, team: Team, now: datetime) -> Claim | None:
    """What a lonely figure that was set aside may be all the same: another's is perhaps hers; a difference what came in
    since midnight, unless more has come in already."""
    if reason == "other":
        return claim
    if reason != "compared":
        return None
    present, opening = team.total(claim.booked_on), team.opening(claim.booked_on, now.date())
    fits = (claim.amount_fen or 0) >= present.amount_fen - opening.amount_fen
    return replace(claim, kind="day") if fits else None


def _says_nothing_against(claim: Claim, whole: int, channels: set[Channel], team: Team, now: datetime) -> bool:
    """Whether a figure that may not be written says nothing against the `whole` beside it (fen): a part by people, a
    day's figure that is in it, what stood before, a rounder figure, a count of other things."""
    if not whole or (claim.channel_named and claim.relation == "apart"):
        return False
    channel = claim.booked_on
    if claim.what in ("points", "rate") or (claim.what in ("goods", "price") and claim.measured):
        return True
    if claim.whose in ("part", "person"):
        return channel in channels
    if claim.whose == "own" and claim.when in ("day", "past"):
        stands_above = claim.when == "day" and (claim.amount_fen or 0) > whole >= team.total(channel).amount_fen > 0
        return (claim.kind not in ("total", "soft") and not stands_above) or _stood(claim, team, now)
    return claim.mood == "rough" and (claim.amount_fen or 0) <= whole and claim.channel != "matched"


def _is_a_gift_beside(claim: Claim) -> bool:
    """Whether a figure is of some of hers, and not told as a part of the one before: beside what came on top another
    gift (`刚才室友捐了5块，辅导员捐了50`)."""
    return claim.whose in ("part", "person") and claim.relation != "part"


def _stood(claim: Claim, team: Team, now: datetime) -> bool:
    """Whether a figure is the total that stands, or stood at midnight."""
    channel = claim.booked_on
    return claim.amount_fen in (team.total(channel).amount_fen, team.opening(channel, now.date()).amount_fen)


def _rose_from(claim: Claim, total: Claim) -> bool:
    """Whether a figure is what the total behind it rose from: `从12600跑到13430`."""
    return total.kind in ("total", "soft") and (claim.amount_fen or 0) < (total.amount_fen or 0)


def _after(team: Team, reading: Reading, today: date) -> Team:
    reached = reach(team, reading, today)
    return team.model_copy(update={reading.channel: reached.model_copy(update={"report": "weighed"})})


def _quoted(claims: Claims, claim: Claim) -> str:
    return claims.line.quote(claim.start, claim.end)


def _word(claims: Claims, claim: Claim) -> str:
    return claim.said[0] if claim.said else _quoted(claims, claim)
