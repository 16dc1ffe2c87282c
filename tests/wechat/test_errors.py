"""The error tables: every code of the platform's text is there, and leads where the text says (§3.2, §3.3, §6)."""

from datetime import UTC, datetime

import pytest

from bot.wechat.errors import ACCOUNT_ERRORS, ROBOT_ERRORS
from bot.wechat.verdicts import STALE_TOKEN, account_verdict, robot_verdict
from scheduler.channels import Paced, Park, Retry, Skip

NOON = datetime(2024, 5, 8, 4, 0, tzinfo=UTC)

RETRY = [-1, -1000]
PACED = [45011, 45066]
REROUTE = [40003, 43004, 43019, 43101, 45015, 45047, 46004, 48002, 50001, 50002, 50005]
REFUSE = [
    *(40002, 40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012, *range(40015, 40029)),
    *(40029, 40030, 40031, 40032, 40033, 40035, 40037, 40038, 40039, 40048, 40054, 40055, 40132, 40163),
    *(41001, 41003, 41005, 41006, 41007, 41008, 41009, 41030, 42002, 42003, 42007, 43001, 43002, 43003, 43100),
    *(44001, 44002, 44003, 44004, *range(45001, 45009), 45010, 45026, 45027, 45064, 45067, 45083, 45159, 45166),
    *(46001, 46003, 47001, 47003, 48005, 48006, 61451, 61500, 61501, 65301, 65303, 10003, 10004, 10005, 10006),
]
STOP = [
    *(40001, 40013, 40014, 40125, 40164, 40200, 40243, 41002, 41004, 42001, 45009, 45028),
    *(48001, 48003, 48004, 48008, 50004, 50007, 61003, 61004, 61007, 89501, 89503, 89506, 89507),
]


@pytest.mark.parametrize(
    ("codes", "outcome"), [(RETRY, Retry), (PACED, Paced), (REROUTE, Skip), (REFUSE, Skip), (STOP, Park)]
)
def test_every_code_leads_where_the_text_says(codes, outcome):
    for code in codes:
        assert code in ACCOUNT_ERRORS, code
        verdict = account_verdict(code, "text rid: 1-2-3", NOON)
        assert type(verdict) is outcome, code
        assert (verdict.code, str(verdict)) == (code, "text rid: 1-2-3")


def test_whatever_stops_a_channel_says_how_to_mend_it():
    for code, meaning in ACCOUNT_ERRORS.items():
        verdict = account_verdict(code, "", NOON)
        assert str(verdict) == meaning.meaning
        if isinstance(verdict, Park):
            assert verdict.mend, code
    for code in REROUTE:
        assert not ACCOUNT_ERRORS[code].mend, "a person's affair is not the operator's"


def test_the_token_is_renewed_for_three_codes():
    assert {40001, 40014, 42001} == STALE_TOKEN


def test_a_code_nobody_knows_stops_the_channel_and_is_shown():
    for verdict in (account_verdict(99999, "what is this", NOON), robot_verdict(99999, "what is this", NOON)):
        assert isinstance(verdict, Park)
        assert (verdict.until, verdict.code, str(verdict)) == (None, 99999, "what is this")
        assert verdict.mend


def test_a_used_up_day_ends_at_midnight_in_china():
    for code in (45009, 45028):
        assert account_verdict(code, "", NOON).until == datetime(2024, 5, 8, 16, 0, tzinfo=UTC)
    late = datetime(2024, 5, 8, 17, 0, tzinfo=UTC)
    assert account_verdict(45009, "", late).until == datetime(2024, 5, 9, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("message", "address"),
    [
        ("invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1", "203.0.113.7"),
        ("invalid ip 2001:db8::7, not in whitelist", "2001:db8::7"),
        ("not in whitelist", "under which WeChat sees this machine"),
    ],
)
def test_the_address_to_whitelist_is_printed(message, address):
    verdict = account_verdict(40164, message, NOON)
    assert f"add the address {address} to the IP whitelist" in verdict.mend
    assert (verdict.until - NOON).total_seconds() == 300


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        *((-1, Retry), (45009, Paced), (45033, Paced), (40008, Skip), (40058, Skip), (44004, Skip)),
        *((45002, Skip), (45008, Skip), (93000, Park)),
    ],
)
def test_the_robots_have_their_own_meanings(code, outcome):
    verdict = robot_verdict(code, "text", NOON)
    assert type(verdict) is outcome
    assert code in ROBOT_ERRORS
    assert bool(verdict.mend) == (outcome is Park)
