"""What the webhook may answer, whatever comes in."""

from bot.simulator.judge import SILENT, BadAnswer, unseal
from fuzz.inputs import PACKER, Request

STATUSES = frozenset({200, 403, 405, 413, 503})
"""503 is said on purpose: WeChat shall deliver the message again."""
TELLTALE = (b"Traceback", b"Exception", b"Error", b"werkzeug", b"redis")
APOLOGY = "系统出了点问题"


def fault(request: Request, status: int, answer: bytes) -> str:
    """What is wrong with an answer, '' if nothing is."""
    if status not in STATUSES:
        return f"status {status}"
    if any(word in answer for word in TELLTALE):
        return f"an exception shows: {answer[:200]!r}"
    if status == 403 and answer:
        return f"a word to a forger: {answer[:200]!r}"
    if status != 200 or answer in SILENT or request.method in ("GET", "HEAD", "OPTIONS"):
        return ""
    assert PACKER.envelope is not None
    try:
        said = unseal(answer, PACKER.envelope, PACKER.token).decode()
    except BadAnswer as error:
        return f"an answer that WeChat cannot read: {error}"
    return f"an apology: {said[-200:]}" if APOLOGY in said else ""
