"""Every API by its path."""

from collections.abc import Mapping

from bot.simulator.endpoints import (
    basics,
    custom,
    mass,
    media,
    menus,
    notices,
    oauth,
    qrcodes,
    robots,
    tags,
    templates,
    users,
)
from bot.simulator.endpoints.endpoint import Endpoint

_FAMILIES = (basics, custom, mass, media, menus, notices, oauth, qrcodes, robots, tags, templates, users)


def _table() -> Mapping[str, Endpoint]:
    table = {endpoint.path: endpoint for family in _FAMILIES for endpoint in family.ENDPOINTS}
    quota = basics.quota_of(table)
    table[quota.path] = quota
    return table


ENDPOINTS = _table()
