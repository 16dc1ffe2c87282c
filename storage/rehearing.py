"""Views that came later, made from the ledger for a database that was begun without them."""

from storage import heard
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Ledger
from storage.views import rebuild


def note_heard_and_withdrawn(campaign: Campaign, database: Database, keys: Keys) -> None:
    """Write when each team was last heard of, and what was taken back last; done twice it changes nothing more.

    For a step of the schema, while nobody else writes to the campaign.
    """
    views, cid = rebuild(campaign, Ledger(database, keys)), campaign.id
    noted = heard.scores(campaign, list(views.teams.values()))
    with database.pipeline() as pipe:
        for scope, days in noted.items():
            pipe.zadd(keys.heard(cid, scope), days)
        for place, withdrawal in views.withdrawn.items():
            pipe.hset(keys.withdrawn(cid), place, withdrawal.model_dump_json())
        pipe.execute()
