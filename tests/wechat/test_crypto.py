"""Signatures and encryption against WeChat's published vectors, and against what wechatpy lets through."""

import base64
import re
import struct
import threading

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher as Aes
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from wechatpy.crypto import WeChatCrypto

from bot.wechat import crypto as crypto_module
from bot.wechat.crypto import Cipher, Forged, Signer, Unreadable
from bot.wechat.modes import SafeMode

TOKEN, AES_KEY, APPID = "AAAAA", "A" * 43, "wxba5fad812f8e6fb9"
KEY = base64.b64decode(AES_KEY + "=")

OFFICIAL_PUSH = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR"
    "8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km3"
    "2IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
CHINESE_PUSH = (
    "uMMzGtqcnpOzXOYBwDQNreKqXMRq3cEgcJbWwTjkDsNK8luaqSWT1Fhj/8gziHDFcq8eTYkgJ8KR9BL2sbAU3LEibefny+ttViqqp/jj+vj+5QQ4"
    "NSmIeRHpGIzxX3u+0azUgtaIwrmPrHwwTnG89GSWnOIVq6TD8k01RtQa4bKSdFVEohi5wfmBXuEd39vC4OGoNI/VgsgfZi6YBUvUM2N/yFe5js42"
    "b/PWlIzaUXywZBTggTdQXa2U0/SgCXo/XRwL5VgC4rEYBPBEuLcVl0iHdTE6eHiO1iD807Xl0C6mcpmXt7g1hEqvwC3FJLW+uflbn0ghumSxm4FQ"
    "yUxN4elaK9kZ+At0ldcA6VkAg66QU6z2Gb9WhnF0xGLWhZpq"
)
CHINESE_MESSAGE = (
    "<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oUSER]]></FromUserName>"
    "<CreateTime>1714112445</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[报名 🎉]]></Content><MsgId>24086087575195331</MsgId></xml>"
)


@pytest.fixture
def cipher():
    return Cipher(TOKEN, APPID, AES_KEY)


def encrypted(plain: bytes) -> str:
    """AES over bytes that need not be a well-formed message."""
    return base64.b64encode(Aes(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor().update(plain)).decode()


def padded(content: bytes) -> bytes:
    size = 32 - len(content) % 32
    return content + bytes([size]) * size


def message(text: bytes, appid: str = APPID) -> bytes:
    return b"r" * 16 + struct.pack(">I", len(text)) + text + appid.encode()


@pytest.mark.parametrize(
    ("parts", "signature"),
    [
        (("1714036504", "1514711492"), "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        (("1714037059", "486452656"), "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        (("1714112445", "415670741"), "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
        (("1714112445", "415670741", OFFICIAL_PUSH), "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"),
        (("1714112445", "415670741", CHINESE_PUSH), "b69ec20aca40c6073e34f3590998ae8e1a345b3e"),
    ],
)
def test_golden_signatures(cipher, parts, signature):
    assert cipher.signature(*parts) == signature
    cipher.verify(signature, *parts)
    with pytest.raises(Forged):
        cipher.verify(signature[::-1], *parts)


def test_golden_decryption(cipher):
    assert cipher.decrypt(OFFICIAL_PUSH) == (
        '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
        '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
    )
    assert cipher.decrypt(CHINESE_PUSH) == CHINESE_MESSAGE


@pytest.mark.parametrize(
    ("random", "text", "timestamp", "expected", "signature"),
    [
        (
            b"707722b803182950",
            '{"demo_resp":"good luck"}',
            "1713424427",
            "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==",
            "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
        ),
        (
            b"0123456789abcdef",
            CHINESE_MESSAGE,
            "1714112445",
            CHINESE_PUSH,
            "b69ec20aca40c6073e34f3590998ae8e1a345b3e",
        ),
    ],
)
def test_golden_encryption(cipher, monkeypatch, random, text, timestamp, expected, signature):
    monkeypatch.setattr(crypto_module.os, "urandom", lambda size: random[:size])
    envelope = cipher.encrypt(text, timestamp, "415670741")
    assert envelope == (expected, signature, timestamp, "415670741")


def test_wechat_reads_every_reply_of_a_running_stream(cipher):
    library = WeChatCrypto(TOKEN, AES_KEY, APPID)
    mode = SafeMode(cipher)
    seen = set()
    for size in range(70):
        text = "<xml>" + "好" * size + "</xml>"
        answer = mode.seal(text, "n", 1714112445)
        signature = re.search(r"<MsgSignature><!\[CDATA\[(\w{40})\]\]>", answer)[1]
        assert library.decrypt_message(answer, signature, "1714112445", "n") == text
        seen.add(re.search(r"<Encrypt><!\[CDATA\[(.{24})", answer)[1])
    assert len(seen) == 70, "equal beginnings must not show"


def test_threads_do_not_disturb_each_other(cipher):
    failures = []

    def work(name):
        for n in range(200):
            text = f"{name}-{n}" * (n % 9 + 1)
            if cipher.decrypt(cipher.encrypt(text, "1", "n").encrypt) != text:
                failures.append(text)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize(
    ("token", "appid", "aes_key"),
    [
        ("", APPID, AES_KEY),
        (TOKEN, "", AES_KEY),
        (TOKEN, APPID, "A" * 42),
        (TOKEN, APPID, "A" * 44),
        (TOKEN, APPID, "!" * 43),
        (TOKEN, APPID, ""),
    ],
)
def test_unusable_settings_are_refused(token, appid, aes_key):
    with pytest.raises(ValueError, match="WeChat"):
        Cipher(token, appid, aes_key)


def test_an_empty_token_is_refused():
    with pytest.raises(ValueError, match="token"):
        Signer("")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "====",
        "不是密文",
        "abc",
        "!!!!",
        base64.b64encode(b"x" * 15).decode(),
        encrypted(b"r" * 16),
        encrypted(padded(b"short")),
        encrypted(message(b"<xml/>") + b"\0" * 22),
        encrypted(padded(message(b"<xml/>"))[:-1] + b"\x21"),
        encrypted(padded(message(b"<xml/>"))[:-2] + b"\x01\x05"),
        encrypted(padded(b"r" * 16 + struct.pack(">I", 2**32 - 1) + b"<xml/>" + APPID.encode())),
        encrypted(padded(message(b"\xff\xfe"))),
    ],
)
def test_damaged_ciphertexts_are_unreadable(cipher, text):
    with pytest.raises(Unreadable):
        cipher.decrypt(text)


def test_the_right_text_after_damaged_ones_is_read(cipher):
    for text in ("abc", encrypted(b"r" * 32), encrypted(padded(message(b"<xml/>", "wx_other")))):
        with pytest.raises((Unreadable, Forged)):
            cipher.decrypt(text)
    assert cipher.decrypt(CHINESE_PUSH) == CHINESE_MESSAGE


def test_the_wrong_key_is_unreadable():
    other = Cipher(TOKEN, APPID, "B" * 43)
    with pytest.raises(Unreadable):
        other.decrypt(CHINESE_PUSH)


@pytest.mark.parametrize("appid", ["wxba5fad812f8e6fb8", "", "x" + APPID, APPID + "x"])
def test_another_appid_is_forged(cipher, appid):
    with pytest.raises(Forged):
        cipher.decrypt(encrypted(padded(message(b"<xml/>", appid))))


def test_signatures_are_compared_in_constant_time(cipher, monkeypatch):
    compared = []

    def compare(ours, theirs):
        compared.append((ours, theirs))
        return True

    monkeypatch.setattr(crypto_module.hmac, "compare_digest", compare)
    cipher.verify("0" * 40, "1", "2")
    assert compared == [(cipher.signature("1", "2"), "0" * 40)]
