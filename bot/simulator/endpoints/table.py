"""Every API by its path: what Yidui calls or is about to, and the classic token for any other bot."""

from collections.abc import Mapping

from bot.simulator.endpoints import basics, custom, mass, media, menus, notices, qrcodes, robots, tags, templates
from bot.simulator.endpoints.endpoint import Endpoint

_FAMILIES = (basics, custom, mass, media, menus, notices, qrcodes, robots, tags, templates)

ENDPOINTS: Mapping[str, Endpoint] = {endpoint.path: endpoint for family in _FAMILIES for endpoint in family.ENDPOINTS}
