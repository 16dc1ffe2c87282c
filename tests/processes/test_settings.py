"""The environment: defaults, what goes together, and errors that say how to mend them."""

from pathlib import Path
from typing import Any

import pytest

from bot.settings import PREFIX, Settings, SettingsError, load_settings

KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
LIVE = {"wechat_token": "tellnobody", "wechat_aes_key": KEY, "wechat_appid": "wx0123456789abcdef"}
EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def refusal(**given: Any) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(**given)
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_the_defaults_are_those_of_the_interface() -> None:
    settings = load_settings()
    assert (settings.mode, settings.wechat_mode, settings.wechat_account) == (
        "live",
        "safe",
        "unverified_subscription",
    )
    assert (settings.key_prefix, settings.redis_durability, settings.data_dir) == (
        "yd",
        "always",
        Path("data"),
    )
    assert (settings.host, settings.port, settings.public_url) == (
        "127.0.0.1",
        8000,
        "http://127.0.0.1:8000",
    )
    assert (settings.log_format, settings.log_level) == ("text", "INFO")
    assert (settings.campaign_dir / "zhaotong-2024").is_dir()
    assert settings.workers >= 1


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("YIDUI_PORT=9001\nYIDUI_HOST=127.0.0.2\nOTHER_PROGRAM=1\n")
    monkeypatch.setenv("YIDUI_PORT", "9002")
    settings = load_settings()
    assert (settings.host, settings.port, settings.public_url) == (
        "127.0.0.2",
        9002,
        "http://127.0.0.2:9002",
    )


def test_an_empty_name_keeps_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WORKERS", "")
    monkeypatch.setenv("YIDUI_AS_OF", "")
    assert load_settings().as_of is None


def test_robots_are_names_with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECOM_ROBOTS", "zhibanqun=693a-91f6 , lingdaoqun=aa-bb")
    robots = load_settings().wecom_robots
    assert {name: key.get_secret_value() for name, key in robots.items()} == {
        "zhibanqun": "693a-91f6",
        "lingdaoqun": "aa-bb",
    }


def test_templates_are_jobs_with_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDUI_WECHAT_TEMPLATES", "verdict=T1, waiting=T2,")
    monkeypatch.setenv("YIDUI_WECHAT_NOTICES", "bulletin=N1")
    settings = load_settings()
    assert (settings.wechat_templates, settings.wechat_notices) == (
        {"verdict": "T1", "waiting": "T2"},
        {"bulletin": "N1"},
    )


@pytest.mark.parametrize(
    ("given", "named", "mend"),
    [
        ({"wechat_aes_key": KEY[:-1]}, "WECHAT_AES_KEY", "43"),
        ({"wechat_mode": "plain"}, "WECHAT_MODE", "YIDUI_WECHAT_ALLOW_PLAIN=1"),
        ({"as_of": "2024-05-08T09:55"}, "AS_OF", "YIDUI_MODE=rehearsal"),
        ({"wechat_api_base": "http://127.0.0.1:1"}, "WECHAT_API_BASE", "YIDUI_MODE=rehearsal"),
        ({"wecom_api_base": "https://example.org"}, "WECOM_API_BASE", "YIDUI_MODE=rehearsal"),
        ({"mode": "test"}, "MODE", "'live' or 'rehearsal'"),
        ({"wecom_robots": "zhibanqun"}, "WECOM_ROBOTS", "name=key"),
        ({"wechat_templates": "T1"}, "WECHAT_TEMPLATES", "name=key"),
        ({"wechat_notices": "a=1,a=2"}, "WECHAT_NOTICES", "twice"),
        ({"wecom_robots": "a=1,a=2"}, "WECOM_ROBOTS", "twice"),
        ({"port": "eighty"}, "PORT", "integer"),
        ({"public_url": "example.org"}, "PUBLIC_URL", "https://"),
        ({"key_prefix": "a{b}"}, "KEY_PREFIX", "pattern"),
    ],
)
def test_a_wrong_value_is_named_with_its_mend(given: dict[str, str], named: str, mend: str) -> None:
    text = refusal(**given)
    assert f"YIDUI_{named}: " in text
    assert mend in text


def test_rehearsal_may_have_its_own_clock_and_hosts() -> None:
    settings = load_settings(mode="rehearsal", as_of="2024-05-08T09:55", wechat_api_base="http://127.0.0.1:1/")
    assert settings.as_of is not None
    assert settings.as_of.isoformat() == "2024-05-08T09:55:00+08:00"
    assert settings.wechat_api_base == "http://127.0.0.1:1"


@pytest.mark.parametrize("missing", LIVE)
def test_the_webhook_needs_token_key_and_appid(missing: str) -> None:
    load_settings(**LIVE).require_webhook()
    with pytest.raises(SettingsError, match=f"^YIDUI_{missing.upper()}: "):
        load_settings(**LIVE | {missing: ""}).require_webhook()


def test_plain_mode_needs_the_token_only() -> None:
    plain = {"wechat_mode": "plain", "wechat_allow_plain": "1"}
    load_settings(**plain, wechat_token="tellnobody").require_webhook()
    with pytest.raises(SettingsError, match="YIDUI_WECHAT_TOKEN"):
        load_settings(**plain).require_webhook()


def test_no_secret_is_shown() -> None:
    settings = load_settings(**LIVE, wechat_secret="s3cr3t", redis_url="redis://:hunter2@h", wecom_robots="a=robotkey")
    for secret in ("s3cr3t", "hunter2", "robotkey", "tellnobody", KEY):
        assert secret not in repr(settings)
    assert "tell" not in refusal(wechat_aes_key="tellnobody")


def test_the_example_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    assert set(values) == {PREFIX + name.upper() for name in Settings.model_fields}
    defaults = load_settings()
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert load_settings() == defaults
