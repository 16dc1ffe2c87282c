"""How what waits for a decision changes the views: figures in review, targets to be raised, cases."""

from storage import docket
from storage.docket import review_of
from storage.folds import teams
from storage.incidents import WHOLE
from storage.ledger import Entry
from storage.matters import Incident
from storage.raises import followed, target_after
from storage.reckoning import hear
from storage.views import Views


def review(views: Views, entry: Entry) -> None:
    """Figures begin to wait, are taken by a coordinator, or wait no longer without having been booked."""
    number, team = entry.values["matter"], views.teams[entry.team]
    match entry.kind:
        case "review.opened":
            views.reviews[number] = review_of(entry)
            holding = docket.holding(hear(team, views.reviews[number].day), number)
            teams.change(views, entry, held=holding.held, heard=holding.heard)
        case "review.taken":
            taken = {"owner": entry.by, "taken_at": entry.at}
            views.reviews[number] = views.reviews[number].model_copy(update=taken)
        case "review.reopened":
            decide(views, entry, "open")
            teams.change(views, entry, held=docket.holding(team, number).held)
        case kind:
            decide(views, entry, kind.removeprefix("review."))
            teams.change(views, entry, held=docket.released(team, number).held)


def decide(views: Views, entry: Entry, state: str, report: str = "") -> None:
    """What became of figures in review."""
    review = views.reviews[entry.values["matter"]]
    verdict = docket.Verdict(entry.by, entry.at, report)
    views.reviews[review.number] = (
        docket.reopened(review) if state == "open" else docket.decided(review, verdict, state)
    )


def raised(views: Views, entry: Entry) -> None:
    """A raise is decided on, taken back, or waits again: the target goes with it."""
    asked = views.raises[entry.values["matter"]]
    views.raises[asked.number] = followed(asked, entry)
    if (after := target_after(entry)) is not None:
        views.targets[asked.subject] = after


def opened(entry: Entry) -> Incident:
    """A case as it began, without the words."""
    values = entry.values
    return Incident(
        number=values["case"],
        at=entry.at,
        by=entry.by,
        region=values.get("region", ""),
        level=values.get("level", ""),
        told=int(values["told"]),
        sort=values.get("sort", ""),
        accused=tuple("" if office == WHOLE else office for office in values.get("accused", "").split()),
        teams=tuple(values.get("teams", "").split()),
    )


def change_case(views: Views, entry: Entry, **update: object) -> None:
    """A case in another state."""
    number = entry.values["case"]
    views.incidents[number] = views.incidents[number].model_copy(update=update)
