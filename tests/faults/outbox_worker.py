"""A worker alone, over a database and a fake WeChat that are told on the command line: what the outbox's tests kill."""

from threading import Event

from bot.apis import channels
from bot.settings import load_settings
from scheduler.worker import Worker
from storage.database import connect
from storage.store import open_store


def main(redis_url: str, prefix: str, api: str, folder: str, template: str, notice: str) -> None:
    settings = load_settings(
        mode="rehearsal",
        wechat_appid="wx0123456789abcdef",
        wechat_secret="s" * 32,
        wechat_token="t",
        wechat_account="verified_service",
        wechat_api_base=api,
        wecom_api_base=api,
        wechat_templates=f"act={template}",
        wechat_notices=f"bulletin={notice}",
        wecom_robots="zhibanqun=robot-key",
        data_dir=folder,
    )
    store = open_store(connect(redis_url), prefix, "rehearsal")
    Worker(store, channels(settings, store)).run(Event())
