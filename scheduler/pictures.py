"""The pictures that people and bulletins want, drawn one after another while the worker goes on sending."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from handlers.bulletins.edition import Edition
from handlers.pictures import may_be_seen, seen_by_all
from handlers.posters.bulletin_poster import bulletin_poster
from handlers.posters.drawing import CannotDraw
from handlers.posters.parts import Code
from handlers.posters.team_pictures import certificate, team_card
from handlers.texts import posters
from scheduler.channels import SendError
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import StorageError
from storage.pictures import Picture

LEASE = "pictures"
PAUSE_SECONDS = 60.0
"""Rest of the upload after a failure: the picture is there without it."""
Upload = Callable[[bytes], str]
"""Gives a picture to the account, for three days; its media id. Raises `SendError`."""

log = logging.getLogger(__name__)


class Painter:
    """`address`: where the pages are seen from outside, '' where nobody said. `upload`: None for an account without."""

    def __init__(self, store: Store, address: str, upload: Upload | None) -> None:
        self._store = store
        self._address = address
        self._upload = upload
        self._rests_until = 0.0
        self._at_work: threading.Thread | None = None

    def tick(self) -> int:
        """Begin to draw where something is wanted and nothing is drawn yet, in a thread of its own; 1 if it did."""
        if self._at_work is not None and self._at_work.is_alive():
            return 0
        if self._store.pictures.wanted() is None or not self._store.leases.hold(LEASE):
            return 0
        self._at_work = threading.Thread(target=self._work, name="painter", daemon=True)
        self._at_work.start()
        return 1

    def wait(self) -> None:
        """Until all that is wanted is drawn."""
        if self._at_work is not None:
            self._at_work.join()

    def _work(self) -> None:
        try:
            while (wanted := self._store.pictures.wanted()) and self._store.leases.hold(LEASE):
                self._make(wanted)
        except StorageError as error:
            log.warning("drawing goes on later: %s", error)

    def _make(self, wanted: Picture) -> None:
        """Draw it unless it is drawn, and push it to who waits for it. A team's that left the lists is for nobody.

        What a robot was to post stands in the outbox in any case: without a picture it ends there, with its reason.
        """
        pictures = self._store.pictures
        drawn = may_be_seen(self._store, wanted) and (pictures.is_drawn(wanted) or self._drawn(wanted))
        told = pictures.waiting(wanted)
        self._store.outbox.enqueue([each for each in told if drawn or each.robot])
        pictures.settle(wanted, len(told))

    def _drawn(self, wanted: Picture) -> bool:
        campaign = next((each for each in self._store.campaigns.all() if each.id == wanted.campaign), None)
        if campaign is None:
            return False
        with self._store.faults.alone(campaign.id, "drawing a picture"):
            try:
                png = self._draw(campaign, wanted, self._store.clock.now())
            except CannotDraw:
                log.warning("no picture: the extra `pictures` is not installed")
                return False
            self._store.pictures.keep(wanted, png)
            self._give_to_the_account(wanted, png)
            return True
        return False

    def _draw(self, campaign: Campaign, wanted: Picture, now: datetime) -> bytes:
        """Raises `CannotDraw`, and `LookupError` where what it is of is gone."""
        if wanted.kind == "bulletin":
            snapshot = self._store.snapshots.named(campaign.id, wanted.of)
            if snapshot is None:
                raise LookupError(wanted.of)
            return bulletin_poster(Edition.of(campaign, snapshot), wanted.theme, self._code(campaign))
        team = self._store.teams.get(campaign.id, wanted.of.partition("@")[0])
        if wanted.kind == "thanks":
            return certificate(campaign, team, now, wanted.theme)
        link = team.link or campaign.project(team.project).link
        code = Code(link, posters.project_code()) if link else None
        return team_card(campaign, team, now, wanted.theme, code)

    def _code(self, campaign: Campaign) -> Code | None:
        """The board's where it is open to everybody, else where one gives."""
        if self._address and seen_by_all(campaign):
            return Code(f"{self._address}/board/{campaign.id}", posters.board_code())
        link = next((project.link for project in campaign.projects if project.link), "")
        return Code(link, posters.project_code()) if link else None

    def _give_to_the_account(self, picture: Picture, png: bytes) -> None:
        """So that whoever asks has it in the reply itself; without it she has the way to its page."""
        if self._upload is None or monotonic() < self._rests_until:
            return
        try:
            media = self._upload(png)
        except SendError as error:
            log.warning("a picture was not uploaded: %s", error)
            self._store.alerts.raise_alert("media", error.code, str(error), error.mend or "it is tried again by itself")
            self._rests_until = monotonic() + PAUSE_SECONDS
            return
        self._store.pictures.uploaded(picture, media)
        self._store.alerts.settle("media")
