"""`python -m fuzz.webhook [LIBFUZZER OPTIONS]`: atheris looks for bytes that break the webhook.

The whole application in one process, over an embedded Redis; the edge and the reading of texts are instrumented.
`-max_total_time=600` ends it after ten minutes; a file given as an argument is tried once.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot.wechat", "bot.webhook", "bot.dispatch", "handlers"]):
    from bot.app import create_app

from bot.settings import load_settings
from fuzz.inputs import AES_KEY, APPID, TOKEN, request
from fuzz.run import CAMPAIGN
from fuzz.verdict import fault
from storage.campaign_files import load
from storage.database import connect
from storage.embedded import ensure
from storage.store import open_store

FORGET_EVERY = 10_000
"""Inputs after which the database is emptied, so that a run of hours does not fill it."""


class Broken(AssertionError):
    """The webhook answered what it may not answer."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        redis = ensure(Path(folder))
        store, campaign, tried, now = open_store(connect(redis.url), "yd", "live"), load(CAMPAIGN), 0, int(time.time())
        settings = {"wechat_appid": APPID, "wechat_token": TOKEN, "wechat_aes_key": AES_KEY, "redis_url": redis.url}
        app = create_app(load_settings(**settings, data_dir=Path(folder)), per_minute=1_000_000)
        client = app.test_client()

        def try_one(data: bytes) -> None:
            nonlocal tried
            if tried % FORGET_EVERY == 0:
                store.database.flushall()
                store.campaigns.publish(campaign, datetime.now(UTC))
            tried += 1
            made = request(data, now)
            packet = made.packet
            answer = client.open(
                "/wechat",
                method=made.method,
                query_string=list(packet.query),
                data=packet.body,
                headers=dict(packet.headers),
            )
            if wrong := fault(made, answer.status_code, answer.data):
                raise Broken(wrong)

        atheris.Setup(sys.argv, try_one)
        try:
            atheris.Fuzz()
        finally:
            redis.stop()


if __name__ == "__main__":
    main()
