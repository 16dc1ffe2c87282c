"""What begins an installation knows no handlers: the parent of all processes only watches."""

import os
import subprocess
import sys
from pathlib import Path

from storage.database import Database
from storage.durability import EMPTY_KEYS
from storage.embedded import EmbeddedRedis
from tests.cli.conftest import AES_KEY, APPID, TOKEN

ROOT = Path(__file__).resolve().parents[2]
BEGINS = """
import sys
from bot import supervisor
from bot.cli.processes import enter, publish_files
from bot.settings import load_settings
from storage.database import connect
from storage.store import open_store

settings = load_settings()
store = open_store(connect(settings.redis_url.get_secret_value()), settings.key_prefix, settings.mode)
enter(settings, store)
publish_files(settings, store)
print(len(store.campaigns.all()), sorted({"handlers", "scheduler", "flask", "granian"} & sys.modules.keys()))
"""


def test_it_loads_neither_handlers_nor_pages(database: Database, redis_server: EmbeddedRedis, tmp_path: Path) -> None:
    told = {
        "MODE": "rehearsal",
        "REDIS_URL": redis_server.url,
        "DATA_DIR": str(tmp_path),
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
    }
    database.mset({f"another:{number}": "of other tests' writes" for number in range(EMPTY_KEYS + 1)})
    environment = os.environ | {f"YIDUI_{name}": value for name, value in told.items()}
    begun = subprocess.run(
        [sys.executable, "-c", BEGINS], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert begun.stdout == "5 []\n", begun.stderr
