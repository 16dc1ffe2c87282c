"""The platform's end of the wire against the published example vectors."""

import base64

import pytest

from bot.simulator.crypto import CryptoError, Envelope, sign

TOKEN = "AAAAA"
APPID = "wxba5fad812f8e6fb9"
KEY = "A" * 43

PUSHED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzaz"
    "hZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSq"
    "FIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
REPLIED = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
CJK_XML = (
    "<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oUSER]]></FromUserName>"
    "<CreateTime>1714112445</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[报名 🎉]]></Content>"
    "<MsgId>24086087575195331</MsgId></xml>"
)
CJK_SEALED = (
    "uMMzGtqcnpOzXOYBwDQNreKqXMRq3cEgcJbWwTjkDsNK8luaqSWT1Fhj/8gziHDFcq8eTYkgJ8KR9BL2sbAU3LEibefny+ttViqqp/"
    "jj+vj+5QQ4NSmIeRHpGIzxX3u+0azUgtaIwrmPrHwwTnG89GSWnOIVq6TD8k01RtQa4bKSdFVEohi5wfmBXuEd39vC4OGoNI/Vgsgf"
    "Zi6YBUvUM2N/yFe5js42b/PWlIzaUXywZBTggTdQXa2U0/SgCXo/XRwL5VgC4rEYBPBEuLcVl0iHdTE6eHiO1iD807Xl0C6mcpmXt7"
    "g1hEqvwC3FJLW+uflbn0ghumSxm4FQyUxN4elaK9kZ+At0ldcA6VkAg66QU6z2Gb9WhnF0xGLWhZpq"
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("1714036504", "1514711492"), "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        (("1714037059", "486452656"), "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        (("1714112445", "415670741"), "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
        (("1714112445", "415670741", PUSHED), "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"),
        (("1713424427", "415670741", REPLIED), "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"),
        (("1714112445", "415670741", CJK_SEALED), "b69ec20aca40c6073e34f3590998ae8e1a345b3e"),
    ],
)
def test_signatures(parts: tuple[str, ...], expected: str) -> None:
    assert sign(TOKEN, *parts) == expected


@pytest.mark.parametrize(
    ("salt", "text", "sealed"),
    [
        (
            b"a8eedb185eb2fecf",
            '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY",'
            '"CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
            PUSHED,
        ),
        (b"707722b803182950", '{"demo_resp":"good luck"}', REPLIED),
        (b"0123456789abcdef", CJK_XML, CJK_SEALED),
    ],
)
def test_envelopes(salt: bytes, text: str, sealed: str) -> None:
    envelope = Envelope(KEY, APPID)
    assert envelope.seal(text, salt) == sealed
    assert envelope.open(sealed) == text


def test_what_the_platform_cannot_read() -> None:
    envelope = Envelope(KEY, APPID)
    sealed = envelope.seal("好")
    flipped = bytearray(base64.b64decode(sealed))
    flipped[-1] ^= 1
    unreadable = {
        "no base64": "不是",
        "a cut block": base64.b64encode(base64.b64decode(sealed)[:-1]).decode(),
        "nothing": "",
        "a changed byte": base64.b64encode(bytes(flipped)).decode(),
        "another account's": Envelope(KEY, "wx0000000000000000").seal("好"),
        "another key's": Envelope("B" * 43, APPID).seal("好"),
    }
    for what, text in unreadable.items():
        with pytest.raises(CryptoError):
            pytest.fail(f"read {what}: {envelope.open(text)}")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="43"):
        Envelope("A" * 39, APPID)
