"""What begins an installation knows no handlers: the parent of all processes only watches. Nor does a web process load
what its installation does not have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert _printed(BEGINS, told) == "5 []\n"


ANSWERS = """
import sys
from bot.app import create_app
from bot.settings import load_settings

client = create_app(load_settings()).test_client()
statuses = [client.get(path).status_code for path in ("/healthz", "/console/")]
print(statuses, sorted({"bot.web.console.rooms", "markdown_it", "wechatpy"} & sys.modules.keys()))
"""


@pytest.mark.parametrize(
    ("scheme", "answered"), [("http", "[200, 404] []\n"), ("https", "[200, 503] ['bot.web.console.rooms']\n")]
)
def test_a_console_is_loaded_where_there_is_one(tmp_path: Path, scheme: str, answered: str) -> None:
    """In live mode a console is behind TLS or nowhere."""
    told = {
        "REDIS_URL": f"unix://{tmp_path}/none",
        "DATA_DIR": str(tmp_path),
        "WECHAT_APPID": APPID,
        "WECHAT_TOKEN": TOKEN,
        "WECHAT_AES_KEY": AES_KEY,
        "PUBLIC_URL": f"{scheme}://yidui.example.cn",
    }
    assert _printed(ANSWERS, told) == answered


def _printed(program: str, settings: dict[str, str]) -> str:
    environment = os.environ | {f"YIDUI_{name}": value for name, value in settings.items()}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert not ran.stderr, ran.stderr
    return ran.stdout
