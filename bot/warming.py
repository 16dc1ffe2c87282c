"""What a web process knows before it is forked, so that its workers have it at once and share its memory."""

import logging
from contextlib import suppress
from datetime import datetime

from handlers import router
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from storage import Store
from storage.campaign_schema import Campaign
from storage.database import StorageError

log = logging.getLogger(__name__)

SAID = ("进度 12345.67元 321人次", "请问现在怎么样了呢")
"""A report, which wakes the grammar, and something that only the trained opinion decides."""


def warm(store: Store) -> None:
    """Open the words, the opinion and the published campaigns by reading with them; without a database, what can be.

    Rulebooks are indexed when somebody asks: that takes longer than all the rest. No connection is left open.
    """
    with suppress(StorageError):
        for campaign in store.campaigns.all():
            _read_with(campaign)
    store.database.close()


def _read_with(campaign: Campaign) -> None:
    """A campaign that fails does so alone, when somebody means it (docs/adr/0010)."""
    ear = Ear(campaign, (), datetime.now(campaign.zone), heads=router.heads)
    try:
        for said in SAID:
            read(said, ear)
    except Exception:  # whatever a campaign's data meets: the others are served
        log.exception("campaign %s: nothing can be read with it", campaign.id)
