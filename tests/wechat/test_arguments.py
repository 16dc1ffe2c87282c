"""What is read of a request at once is what werkzeug reads of it, whatever is written otherwise is left to it; and an
answer goes out as it would send it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Response, request
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request

from benchmarks.load import request as pushed
from bot.webhook import TEXT, XML, Answer, _arguments, _body
from bot.wechat.arguments import arguments_of
from bot.wechat.inbound import BODY_LIMIT

NAMES = ("signature", "timestamp", "nonce", "openid", "a", "")
QUERIES = st.one_of(
    st.text("ab_=&%+;1.@-\n ", max_size=30),
    st.lists(st.tuples(st.sampled_from(NAMES), st.text("0aA_.@-", max_size=4))).map(
        lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
    ),
)


def by_werkzeug(query: str) -> Any:
    return Request({"QUERY_STRING": query, "REQUEST_METHOD": "POST", "wsgi.url_scheme": "http"}).args


@given(QUERIES)
@example("a=1&a=2&b=")
@example("a=1&")
@example("a=1&&b=2")
@example("a=1\n")
def test_a_plain_query_has_the_arguments_that_werkzeug_finds(query: str) -> None:
    found, theirs = arguments_of(query.encode("latin1")), by_werkzeug(query)
    if found is not None:
        for name in {*theirs, *NAMES, "b", "ab", "_"}:
            assert found.getlist(name) == theirs.getlist(name)


def test_wechats_query_is_plain() -> None:
    query = pushed("oOpenid-of_somebody", "进度").wire.split(b"?")[1].split(b" ")[0]
    found, theirs = arguments_of(query), by_werkzeug(query.decode())
    assert found is not None
    assert len(theirs) == 6
    assert all(found.getlist(name) == [value] for name, value in theirs.items())


@pytest.mark.parametrize("query", ["nonce=a%20b", "nonce=a+b", "nonce", "%6eonce=1", "timestamp=1&x=é"])
def test_what_stands_for_something_else_is_left_to_werkzeug(query: str) -> None:
    with Flask("any").test_request_context(f"/wechat?{query}", method="POST"):
        assert arguments_of(request.query_string) is None
        assert _arguments() is request.args


@pytest.mark.parametrize("terminated", [True, False])
@pytest.mark.parametrize("transfer", ["", "chunked"])
@pytest.mark.parametrize(
    "announced",
    [*("5", "05", "0", "7", "3", "", "-5", "+5", "5.0", "٥", " 5", "9" * 40)]
    + [str(BODY_LIMIT + more) for more in (0, 1, 2)],
)
@pytest.mark.parametrize("size", [5, BODY_LIMIT, BODY_LIMIT + 9])
def test_a_body_is_what_werkzeug_reads_or_refuses(terminated: bool, transfer: str, announced: str, size: int) -> None:
    def became(read: Callable[[], bytes]) -> bytes | int | None:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "wsgi.input": io.BytesIO(b"x" * size),
            "CONTENT_LENGTH": announced,
        }
        environ |= {"wsgi.input_terminated": True} if terminated else {}
        environ |= {"HTTP_TRANSFER_ENCODING": transfer} if transfer else {}
        with Flask("any").test_request_context("/wechat", environ_overrides=environ):
            request.max_content_length = BODY_LIMIT + 1
            try:
                return read()
            except HTTPException as refusal:
                return refusal.code

    ours, theirs = became(_body), became(lambda: request.get_data(cache=False))
    if ours != theirs:
        assert terminated, "a server that ends the input ends it where it was announced"
        assert isinstance(theirs, bytes)
        assert ours == theirs[: int(announced)]


@given(st.text(), st.sampled_from((XML, TEXT)))
def test_an_answer_goes_out_as_werkzeug_sends_it(body: str, content_type: str) -> None:
    def sent(response: Response) -> tuple[bytes, str, list[tuple[str, str]]]:
        response.headers.add("X-Content-Type-Options", "nosniff")
        told: list[tuple[str, list[tuple[str, str]]]] = []
        parts = response({"REQUEST_METHOD": "POST"}, lambda status, headers: told.append((status, headers)))  # type: ignore[arg-type,return-value]  # it writes nothing
        [(status, headers)] = told
        return b"".join(parts), status, sorted(headers)

    assert sent(Answer(body, content_type=content_type)) == sent(Response(body, content_type=content_type))
