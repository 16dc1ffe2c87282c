"""The views of `/api/v1`: each answers a model, with an ETag; what is wrong is told as `application/problem+json`."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from bot.web.api.asked import BadRequest, query_of
from bot.web.api.document import as_openapi, document
from bot.web.api.models import (
    Answer,
    BulletinAnswer,
    Campaigns,
    Item,
    Leaderboard,
    Listed,
    Part,
    Parts,
    Problem,
    RegionSum,
    Row,
    TeamAnswer,
    Totals,
)
from bot.web.base import how_not, mark_of_templates
from bot.web.shortly import is_fresh_for
from bot.web.sights import Asked, NotPublic, Scope, Sight, Sights
from handlers import standings, texts
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.models.teams import Metric

BRIEFLY = "public, max-age=1"
RETRY_SECONDS = 5
PART_METRICS: tuple[Metric, ...] = ("amount", "donations", "today")


def create_api(store: Store, sights: Sights) -> Blueprint:
    """Everything below `/api`."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.errorhandler(NotPublic)
    def not_found(_: NotPublic) -> Response:
        return problem(HTTPStatus.NOT_FOUND, texts.api.NOT_PUBLIC)

    @api.errorhandler(BadRequest)
    def bad_request(error: BadRequest) -> Response:
        return problem(HTTPStatus.BAD_REQUEST, str(error))

    @api.errorhandler(StorageError)
    def not_now(_: StorageError) -> Response:
        response = problem(HTTPStatus.SERVICE_UNAVAILABLE, texts.api.STORAGE_AWAY)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response

    @api.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        return problem(HTTPStatus(error.code or 500), error.description or "")

    @api.app_errorhandler(HTTPStatus.METHOD_NOT_ALLOWED)
    def only_get(error: HTTPException) -> ResponseReturnValue:
        """No view of a blueprint answers it, so this is asked for the other pages, too."""
        if not request.path.startswith("/api/"):
            return how_not(error)
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, texts.api.ONLY_GET)
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
        return response

    @api.get("/v1/campaigns")
    def campaigns() -> Response:
        public = [c for c in store.campaigns.all() if c.ranking.public and not c.practice]
        listed = [Listed(id=c.id, name=c.short, closed=c.closed, board=f"/board/{c.id}") for c in public]
        return fresh(Campaigns(campaigns=listed))

    @api.get("/v1/campaigns/<campaign>")
    def totals(campaign: str) -> Response:
        return answered(sights.look(campaign), totals_of)

    @api.get("/v1/campaigns/<campaign>/leaderboard")
    def leaderboard(campaign: str) -> Response:
        query = query_of(request.args.to_dict(flat=False))
        return answered(sights.look(campaign, query.asked), lambda sight: leaderboard_of(sight, query.asked))

    @api.get("/v1/campaigns/<campaign>/regions")
    def regions(campaign: str) -> Response:
        return answered(sights.look(campaign, *every_metric("region")), parts_of)

    @api.get("/v1/campaigns/<campaign>/projects")
    def projects(campaign: str) -> Response:
        return answered(sights.look(campaign, *every_metric("project")), parts_of)

    @api.get("/v1/campaigns/<campaign>/teams/<code>")
    def team(campaign: str, code: str) -> Response:
        return answered(sights.look(campaign), lambda sight: team_of(store, sight, code))

    @api.get("/v1/campaigns/<campaign>/bulletin")
    def bulletin(campaign: str) -> Response:
        return fresh(bulletin_of(store, sights.campaign(campaign)))

    @api.get("/v1/openapi.json")
    def openapi() -> Response:
        return fresh(document())

    @api.get("/<path:unknown>")
    def nothing(unknown: str) -> Response:
        raise NotPublic(unknown)

    @api.get("/docs")
    def docs() -> str:
        return render_template("api.html", document=as_openapi())

    return api


def answered(sight: Sight, answer: Callable[[Sight], Answer]) -> Response:
    """An answer about a campaign's figures; 304, unread, for whoever has it."""
    etag = sight.mark(request.full_path, mark_of_templates())
    if request.if_none_match.contains_weak(etag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = Response(answer(sight).model_dump_json(), mimetype="application/json")
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = BRIEFLY
    response.headers["Age"] = str(round(sight.age))
    is_fresh_for(sight.age)
    return response


def fresh(answer: Answer | str) -> Response:
    """An answer whose ETag is of its content."""
    body = answer if isinstance(answer, str) else answer.model_dump_json()
    response = Response(body, mimetype="application/json")
    response.add_etag()
    response.headers["Cache-Control"] = BRIEFLY
    response.make_conditional(request)
    return response


def problem(status: HTTPStatus, detail: str) -> Response:
    body = Problem(title=status.phrase, status=status, detail=detail).model_dump_json()
    return Response(body, status, mimetype="application/problem+json", headers={"Cache-Control": "no-store"})


def every_metric(scope: Scope) -> list[Asked]:
    return [Asked(scope, metric) for metric in PART_METRICS]


def about(sight: Sight) -> dict[str, object]:
    return {
        "campaign": sight.campaign.id,
        "as_of": sight.campaign.local(sight.as_of),
        "ledger_id": sight.figures.ledger,
    }


def totals_of(sight: Sight) -> Totals:
    figures = sight.figures
    counts = (((*cell.partition("|")[::2],), count) for cell, count in sorted(sight.items.items()))
    return Totals(
        **about(sight),
        name=sight.campaign.short,
        amount_fen=figures.amount_fen,
        donations=figures.donations,
        teams=figures.teams,
        today_fen=figures.today_fen,
        offline_fen=figures.offline_fen,
        match_fen=figures.matched_fen,
        floor_fen=figures.floor_fen,
        hope_fen=figures.hope_fen,
        items=[Item(task=task, region=region, count=count) for (task, region), count in counts],
    )


def leaderboard_of(sight: Sight, asked: Asked) -> Leaderboard:
    ranking = sight.rankings[0]
    places, end, shown = ranking.rows, ranking.end, ranking.shown
    if asked.scope in ("region", "project"):
        places, end = places[asked.start : asked.start + asked.count], asked.start + asked.count
    return Leaderboard(
        **about(sight),
        scope=asked.scope,
        metric=asked.metric,
        rows=[
            Row(
                rank=row.rank,
                code=row.code or None,
                name=row.name,
                region=row.region or None,
                project=row.project or None,
                value=row.value,
            )
            for row in places
        ],
        next=str(end) if end < shown and end > asked.start else None,
    )


def parts_of(sight: Sight) -> Parts:
    sums = {metric: ranking.sums for metric, ranking in zip(PART_METRICS, sight.rankings, strict=True)}
    rows = []
    for row in sight.rankings[0].rows:
        part = row.region or row.project
        gifts, grown = sums["donations"].get(part, 0), sums["today"].get(part, 0)
        rows.append(Part(rank=row.rank, id=part, name=row.name, amount_fen=row.value, donations=gifts, today_fen=grown))
    return Parts(**about(sight), rows=rows)


def team_of(store: Store, sight: Sight, code: str) -> TeamAnswer:
    """Raises `NotPublic` for a code that is no team's, or a team's that the ranking of all does not name."""
    campaign = sight.campaign
    teams = store.teams.many(campaign.id, [code]) if code.isdecimal() and len(code) < 12 else []
    place = standings.public_place(store, campaign, teams[0]) if teams else None
    if place is None:
        raise NotPublic(code)
    [team] = teams
    return TeamAnswer(
        **about(sight),
        code=team.code,
        name=team.unit,
        region=team.region,
        project=team.project,
        amount_fen=team.amount_fen,
        donations=team.donations,
        today_fen=team.today_fen(campaign.local(sight.as_of).date()),
        rank=place.rank,
        of=place.of,
    )


def bulletin_of(store: Store, campaign: Campaign) -> BulletinAnswer:
    """Raises `NotPublic` before the first issue."""
    issue = store.snapshots.newest(campaign.id)
    if issue is None or issue.issue is None:
        raise NotPublic(campaign.id)
    figures = issue.digest.figures
    grown = dict(figures.regions_today)
    return BulletinAnswer(
        campaign=campaign.id,
        issue=issue.issue,
        scheduled_at=issue.scheduled_at,
        cut_off=campaign.local(issue.digest.cut_off),
        correction=issue.rev > 1,
        amount_fen=figures.amount_fen,
        donations=figures.donations,
        teams=figures.teams,
        today_fen=figures.today_fen,
        offline_fen=figures.offline_fen,
        match_fen=figures.matched_fen,
        floor_fen=figures.floor_fen,
        hope_fen=figures.hope_fen,
        regions=[RegionSum(id=r, amount_fen=fen, today_fen=grown.get(r, 0)) for r, fen in figures.regions if fen],
        seal=issue.fingerprint,
    )
