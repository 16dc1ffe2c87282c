"""/metrics: what became of messages, how long they took, what the outbox and the database stand at; nobody's name."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot import counting
from handlers.notices import OPERATORS
from scheduler import watch
from scheduler.channels import Recipient, Skip
from scheduler.watch import OutboxWatch
from scheduler.worker import Worker
from storage.models.pushes import Notification
from tests.conversations.conftest import Office

ROOT = Path(__file__).parents[2]


def values(text: str, name: str) -> dict[str, float]:
    """What stands behind the lines of a metric."""
    lines = [line.rpartition(" ") for line in text.splitlines() if line.startswith(name)]
    return {labels.removeprefix(name): float(value) for labels, _, value in lines}


def scraped(browser: FlaskClient) -> str:
    answer = browser.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    return answer.text


class Refusing:
    """Takes persons, and answers as WeChat does when she is out of reach; then well."""

    name, repeat_safe, spends_window = "customer_service", False, True
    answers = ["refused", "sent"]  # noqa: RUF012

    def accepts(self, recipient: Recipient, push: Notification, now: object) -> bool:
        return recipient.kind == "person"

    def part(self, recipient: Recipient) -> str:
        return self.name

    def send(self, recipient: Recipient, push: Notification) -> str:
        if self.answers and self.answers.pop() == "refused":
            raise Skip("out of window", 45015)
        return ""


def test_messages_outbox_sendings_and_database(office: Office, browser: FlaskClient) -> None:
    before = values(scraped(browser), "yidui_messages_total")
    captain = office.captain("李敏", "永善县人民医院", "永善县")
    captain.say("进度 5000元 50人次")
    captain.say("我的队伍")
    captain.say("注销")
    text = scraped(browser)
    after = values(text, "yidui_messages_total")
    grown = {labels: after[labels] - before.get(labels, 0) for labels in after}
    assert grown['{became="recorded",kind="text"}'] == 2.0, "the team and the report"
    assert grown['{became="answered",kind="text"}'] == 1.0
    assert grown['{became="asked",kind="text"}'] == 1.0
    assert values(text, "yidui_message_seconds_count")[""] >= 4.0
    assert values(text, "yidui_redis_up") == {"": 1.0}
    assert values(text, "yidui_redis_used_memory")[""] > 0
    assert values(text, "yidui_ledger_unsealed")[f'{{campaign="{office.campaign.id}"}}'] >= 2.0
    assert "李敏" not in text
    assert "永善县人民医院" not in text
    browser.get("/wechat?signature=x&timestamp=1&nonce=1")
    assert values(scraped(browser), "yidui_refused_total")['{why="forged"}'] >= 1.0

    now = office.store.clock.now()
    pushes = [
        Notification(
            id=f"{office.campaign.id}:test:{number}", campaign=office.campaign.id, job="act", text="好",
            person=office.id_of(captain), created_at=now, due_at=now, expires_at=now + timedelta(hours=1),
        )
        for number in (1, 2)
    ]  # fmt: skip
    office.store.outbox.enqueue(pushes)
    Worker(office.store, [Refusing()]).tick(now)  # type: ignore[list-item]
    sent = values(scraped(browser), "yidui_sendings_total")
    assert sent['{channel="customer_service",code="0"}'] >= 1.0
    assert sent['{channel="customer_service",code="45015"}'] == 1.0


def test_a_push_that_is_due_for_five_minutes_calls_the_operators(
    office: Office, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once an hour, before whatever waits; and it is over when the outbox is."""
    monkeypatch.setattr(watch, "STANDS_SECONDS", 0.0)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.0)
    store, cid, now = office.store, office.campaign.id, office.store.clock.now()
    late = Notification(
        id=f"{cid}:test:1", campaign=cid, job="act", text="好", robot="zhibanqun",
        created_at=now, due_at=now - timedelta(minutes=6), expires_at=now + timedelta(hours=1),
    )  # fmt: skip
    store.outbox.enqueue([late])
    outboxes = OutboxWatch(store, frozenset({OPERATORS}))
    for _ in range(2):
        outboxes.look()
    assert values(scraped(browser), "yidui_outbox_oldest_seconds")[f'{{campaign="{cid}"}}'] >= 360
    assert f'part="outbox {cid}"' in scraped(browser)
    kept = [delivery.notification for delivery in store.outbox.list(cid)]
    (called,) = [push for push in kept if push.robot == OPERATORS]
    assert "有 1 条推送没有发出，最早的已经晚了 6 分钟" in called.text
    assert abs(called.due_at - late.due_at) < timedelta(milliseconds=1), "it goes first"
    store.database.delete(store.keys.due(cid))
    outboxes.look()
    assert store.alerts.standing() == []


def test_processes_of_one_machine_count_together(tmp_path: Path) -> None:
    """Whichever is asked tells the sum of all, also of one that has ended."""
    counts = (
        "from bot import metrics\n"
        "with metrics.measured('text'): metrics.became.set('answered')\n"
        "from prometheus_client import CollectorRegistry, generate_latest\n"
        "from prometheus_client.multiprocess import MultiProcessCollector\n"
        "all_of = CollectorRegistry(); MultiProcessCollector(all_of); print(generate_latest(all_of).decode())"
    )
    before = dict(os.environ)
    try:
        counting.begin(tmp_path, 8000)
        for _ in range(2):
            ended = subprocess.run([sys.executable, "-c", counts], capture_output=True, text=True, check=True)
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert values(ended.stdout, "yidui_messages_total") == {'{became="answered",kind="text"}': 2.0}


def test_the_dashboard_and_the_page_speak_of_metrics_that_there_are(office: Office, browser: FlaskClient) -> None:
    office.person("路人").say("帮助")
    exported = {line.split(" ")[2] for line in scraped(browser).splitlines() if line.startswith("# TYPE")}
    for file in ("deploy/grafana.json", "docs/operations.md"):
        named = set(re.findall(r"yidui_[a-z_]+", (ROOT / file).read_text(encoding="utf-8")))
        unknown = {
            name for name in named if not exported & {name, name.removesuffix("_total"), name.removesuffix("_bucket")}
        }
        assert unknown <= {"yidui_token_seconds"}, file
