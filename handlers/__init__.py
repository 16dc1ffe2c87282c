"""handlers answers: a message plus facts become words. It may import storage; it never speaks to WeChat itself.

`router` is the whole of what can be said to the bot: every feature's router, listed here.
"""

from handlers import (
    account,
    arrivals,
    bulletin,
    campaigns,
    chains,
    contacts,
    coordinators,
    corrections,
    deliveries,
    follow_codes,
    histories,
    incidents,
    leaderboard,
    misplaced,
    more,
    my_team,
    not_yet,
    platform_events,
    questions,
    report_answers,
    reports,
    retractions,
    rules,
    tasks,
    team_acts,
    team_cards,
    team_lists,
    teams,
    telephones,
    welcome,
)
from handlers.router import Router

FEATURES = (
    teams,
    reports,
    report_answers,
    tasks,
    corrections,
    retractions,
    chains,
    misplaced,
    my_team,
    telephones,
    histories,
    team_acts,
    team_lists,
    team_cards,
    leaderboard,
    more,
    bulletin,
    rules,
    questions,
    contacts,
    follow_codes,
    incidents,
    account,
    campaigns,
    coordinators,
    deliveries,
    not_yet,
    welcome,
    arrivals,
    platform_events,
)

router = Router()
router.include(*(feature.router for feature in FEATURES))
