"""`check`: every finding says how to mend it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, jsonify

from bot.simulator.api import create_platform_app
from bot.simulator.platform import Platform, ScriptedFault
from bot.simulator.server import run_simulator
from tests.cli.conftest import APPID, CAMPAIGN, Installation, Yidui

SECRET = "s" * 32


def findings(out: str, mark: str) -> list[str]:
    return [line[5:] for line in out.splitlines() if line.startswith(mark)]


def test_all_good(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECOM_ROBOTS", "zhibanqun=key")
    done = yidui("check")
    assert (done.status, findings(done.out, "bad")) == (0, [])
    assert f"settings: {APPID} (unverified_subscription, safe mode, rehearsal)" in done.out
    assert "Redis: Valkey 9" in done.out
    assert "embedded, durable (always), no eviction" in done.out
    assert "pictures: 海报 is drawn by the worker" in done.out
    monkeypatch.setattr("handlers.posters.drawing.find_spec", lambda _: None)
    assert "pictures: none, 海报 says so; for them install the extra" in yidui("check").out


def test_the_schema_version(yidui: Yidui, installation: Installation) -> None:
    """It is told before an upgrade, by the new program beside the old one; nothing is carried over for that."""
    key, database = installation.store.keys.schema(), installation.store.database
    newest = int(database.get(key))
    assert f"database: schema version {newest}" in findings(yidui("check").out, "ok ")
    try:
        database.set(key, newest - 1)
        [told] = [f for f in findings(yidui("check").out, "ok ") if f.startswith("database")]
        assert f"the next start carries it over to {newest}" in told
        assert yidui("audit", "verify", CAMPAIGN).status == 1
        database.set(key, newest + 1)
        for command in (("check",), ("audit", "verify", CAMPAIGN), ("invite", CAMPAIGN, "--role", "coordinator")):
            done = yidui(*command)
            assert done.status == 1
            assert f"has schema version {newest + 1}, and this Yidui knows {newest} at most" in done.out + done.err
        assert database.get(key) == str(newest + 1)
    finally:
        database.set(key, newest)


def test_what_each_kind_of_account_can_push(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    unverified = next(f for f in findings(yidui("check").out, "ok ") if f.startswith("pushes"))
    assert "group robots" in unverified
    assert "mailbox" in unverified
    assert "customer-service" not in unverified
    monkeypatch.setenv("YIDUI_WECHAT_ACCOUNT", "verified_service")
    verified = next(f for f in findings(yidui("check").out, "ok ") if f.startswith("pushes"))
    assert "customer-service" in verified


def test_each_fault_has_its_mend(yidui: Yidui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YIDUI_CAMPAIGN_DIR", str(tmp_path))
    monkeypatch.delenv("YIDUI_WECHAT_TOKEN")
    (tmp_path / "broken.toml").write_text("id = ", encoding="utf-8")
    done = yidui("check")
    assert done.status == 1
    token, broken = findings(done.out, "bad")
    assert token.startswith("settings: YIDUI_WECHAT_TOKEN: not set; copy from")
    assert broken.startswith("campaign file broken.toml: not valid TOML")


def test_a_robot_that_is_named_but_not_configured(yidui: Yidui) -> None:
    done = yidui("check")
    assert done.status == 1
    assert findings(done.out, "bad") == [
        f"{campaign}: the group robot 'zhibanqun' is not configured; add zhibanqun=KEY to "
        "YIDUI_WECOM_ROBOTS, or take it out of the campaign file"
        for campaign in ("suining-2023", CAMPAIGN)
    ]


def test_a_redis_that_could_lose_something(yidui: Yidui, installation: Installation) -> None:
    database = installation.store.database
    database.config_set("appendfsync", "no")
    try:
        done = yidui("check")
    finally:
        database.config_set("appendfsync", "always")
    assert done.status == 1
    assert "appendfsync is no" in done.out


def test_the_credentials_online(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = Platform(APPID, SECRET, lambda: datetime.now(UTC))
    monkeypatch.setenv("YIDUI_WECHAT_SECRET", SECRET)
    with run_simulator(create_platform_app(platform)) as running:
        monkeypatch.setenv("YIDUI_WECHAT_API_BASE", running.url)
        assert f"WeChat: gives an access token to {APPID}" in yidui("check", "--online").out
        platform.inject(ScriptedFault("stable_token", errcode=40125))
        done = yidui("check", "--online")
        assert done.status == 1
        assert "WeChat: 40125 " in done.out
        assert "AppSecret" in done.out
        assert SECRET not in done.out


def test_a_missing_whitelist_entry_names_the_address(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = {"errcode": 40164, "errmsg": "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist"}
    app = Flask("refusing")
    app.add_url_rule("/cgi-bin/stable_token", view_func=lambda: jsonify(refused), methods=["POST"])
    with run_simulator(app) as running:
        monkeypatch.setenv("YIDUI_WECHAT_API_BASE", running.url)
        done = yidui("check", "--online")
    assert done.status == 1
    (finding,) = [line for line in findings(done.out, "bad") if line.startswith("WeChat")]
    message, _, mend = finding.partition("; ")
    assert message.startswith("WeChat: 40164 ")
    assert "203.0.113.9" in mend


def test_pushes_that_could_not_be_read_are_shown(yidui: Yidui, installation: Installation) -> None:
    letters, keys = installation.store.dead_letters, installation.store.keys
    letters.keep("wrong padding", "")
    letters.keep("no MsgType", "<xml></xml>")
    found = [finding for finding in findings(yidui("check").out, "bad") if "cannot be read" in finding]
    installation.store.database.delete(keys.dead_letters())
    assert found[0].endswith("no MsgType; <xml></xml>")
    assert found[1].endswith("wrong padding; is YIDUI_WECHAT_AES_KEY the one in the console?")


def test_what_lies_damaged_in_the_data_folder_is_a_finding(yidui: Yidui, installation: Installation) -> None:
    cut_off, status = installation.folder / "cut-off-from-byte-7-0a1b2c3d.aof", installation.folder / "status.json"
    cut_off.write_bytes(bytes(512))
    status.write_text("{")
    try:
        done = yidui("check")
    finally:
        cut_off.unlink()
        status.unlink()
    assert done.status == 1
    found = findings(done.out, "bad")
    assert any(f"512 bytes of a torn write were cut off and lie in {cut_off}" in finding for finding in found)
    assert any(f"{status} is damaged" in finding for finding in found)


def test_an_old_token_and_key_are_reminded_of_while_they_are_set(yidui: Yidui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECHAT_TOKEN_OLD", "tell-nobody-either")
    monkeypatch.setenv("YIDUI_WECHAT_AES_KEY_OLD", "x" * 43)
    told = [f for f in findings(yidui("check").out, "ok ") if "is still let in" in f]
    assert [name for name in ("WECHAT_TOKEN_OLD", "WECHAT_AES_KEY_OLD") for f in told if f"take YIDUI_{name} out" in f]
    assert len(told) == 2
    assert "tell-nobody-either" not in "".join(told)
    monkeypatch.delenv("YIDUI_WECHAT_TOKEN_OLD")
    assert "the old WECHAT_TOKEN " not in yidui("check").out


@pytest.mark.parametrize(("days", "why"), [(7, "can ring no captain"), (3650, "nobody needs it so long")])
def test_an_odd_time_to_keep_peoples_data(
    yidui: Yidui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, days: int, why: str
) -> None:
    odd = yidui("campaign", "show", CAMPAIGN).out + f"\n[privacy]\nkeep_people_days = {days}\n"
    (tmp_path / "odd.toml").write_text(odd, encoding="utf-8")
    monkeypatch.setenv("YIDUI_CAMPAIGN_DIR", str(tmp_path))
    (told,) = [f for f in findings(yidui("check").out, "bad") if "keep_people_days" in f]
    assert f"{CAMPAIGN}: [privacy] keep_people_days is {days}, and " in told
    assert why in told


def test_a_publication_that_cannot_be_read(yidui: Yidui, installation: Installation) -> None:
    """It is named by `check` and by whoever asks for it, and nothing else is."""
    store = installation.store
    store.database.hset(store.keys.campaigns(), "older", '{"version": 1, "file": {"id": "older"}}')
    store.database.incr(store.keys.campaigns_version())
    try:
        (found,) = [line for line in findings(yidui("check").out, "bad") if "older" in line]
        assert found.startswith("campaign older: what is published cannot be read: ")
        assert found.endswith("mend its file, and: yidui campaign publish older")
        done = yidui("audit", "verify", "older")
        assert (done.status, len(done.err.splitlines())) == (1, 1)
        assert "cannot be read" in done.err
        assert yidui("audit", "verify", CAMPAIGN).status == 0
    finally:
        store.database.hdel(store.keys.campaigns(), "older")
        store.database.incr(store.keys.campaigns_version())


def test_a_campaign_that_stands_still(yidui: Yidui, installation: Installation) -> None:
    """Until it is published anew."""
    store = installation.store
    store.faults.note(CAMPAIGN, ZeroDivisionError("somebody's words"), "a message")
    (found,) = [line for line in findings(yidui("check").out, "bad") if "stands still" in line]
    assert found.startswith(f"campaign {CAMPAIGN} stands still: ZeroDivisionError")
    assert "somebody" not in found
    assert yidui("campaign", "publish", CAMPAIGN).status == 0
    assert "stands still" not in yidui("check").out
