"""`/simulator` under the bot's own port: hands the requests of the chat page on to the rehearsal WeChat."""

from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, request

SECONDS = 20.0
"""A message that is not answered is delivered three times, five seconds each."""
GIVEN = ("Content-Type", "Origin")
RETURNED = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options")


def create_doorway(simulator: str) -> Blueprint:
    """The way from the browser to the chat page at `simulator`; through a tunnel one port is enough."""
    host = urlsplit(simulator).netloc
    doorway = Blueprint("doorway", __name__, url_prefix="/simulator")

    @doorway.get("")
    @doorway.route("/<path:below>", methods=["GET", "POST"])
    def hand_on(below: str = "") -> Response:
        address = quote(f"/simulator/{below}".rstrip("/")) + f"?{request.query_string.decode('latin-1')}"
        headers = {name: request.headers[name] for name in GIVEN if name in request.headers}
        connection = HTTPConnection(host, timeout=SECONDS)
        try:
            connection.request(request.method, address, request.get_data(), headers | {"Host": request.host})
            answer = connection.getresponse()
            body = answer.read()
        except OSError:
            return Response(status=502)
        finally:
            connection.close()
        kept = {name: value for name in RETURNED if (value := answer.getheader(name))}
        return Response(body, answer.status, kept)

    return doorway
