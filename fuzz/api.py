"""`python -m fuzz.api [EXAMPLES]`: schemathesis asks what the document of the API allows, and what it forbids.

Fails on an answer of 5xx, on a status, a header or a body that the document does not tell.
"""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.scale import settle_down
from benchmarks.servers import serving
from storage.campaign_files import load
from storage.campaign_settings import Ranking
from storage.database import connect
from storage.embedded import ensure
from storage.store import open_store

EXAMPLES, TEAMS = "300", 500
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
CAMPAIGN = Path(__file__).resolve().parents[1] / "campaigns/zhaotong-2024"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="contract-") as folder:
        redis = ensure(Path(folder))
        try:
            store = open_store(connect(redis.url), "yd", "live")
            campaign = load(CAMPAIGN).model_copy(update={"ranking": Ranking(mode="full")})
            store.campaigns.publish(campaign, datetime.now(UTC))
            settle_down(store, campaign, range(TEAMS))
            now = datetime.now(UTC)
            store.snapshots.take(store.snapshots.draft(campaign, "bulletin", now, now), numbered=True)
            with serving("yidui", redis.url, Path(folder)) as server:
                return ask(f"http://127.0.0.1:{server.port}/api/v1/openapi.json")
        finally:
            redis.stop()


def ask(document: str) -> int:
    """The status of schemathesis, which prints what it finds."""
    examples = sys.argv[1] if len(sys.argv) > 1 else EXAMPLES
    command = ["schemathesis", "run", document, "--checks", CHECKS, "--max-examples", examples]
    return subprocess.run([Path(sys.executable).with_name(command[0]), *command[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
