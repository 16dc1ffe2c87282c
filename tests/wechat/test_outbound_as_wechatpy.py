"""What we write by hand is what wechatpy writes, field by field."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from wechatpy.replies import ArticlesReply, ImageReply, TextReply

from bot.wechat.outbound import kept, render
from handlers.messages import Message, Reply, ShownCard, ShownPicture

MESSAGE = Message(key="k", openid="oUSER", account="gh_test", kind="text", created=1714112440, text="报名")
NOW = 1714112445
TO_SENDER = {"source": "gh_test", "target": "oUSER", "time": NOW}
CARRIED = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff]"), max_size=200)
"""Text that the library writes unharmed: it leaves `]]>` as it is."""


def fields(xml):
    return {
        element.tag: (element.text or "").strip() for element in ElementTree.fromstring(xml).iter() if not len(element)
    }


@given(CARRIED)
def test_a_text(text):
    assert fields(render(MESSAGE, text, NOW)) == fields(TextReply(content=text, **TO_SENDER).render())


def test_a_picture():
    ours = render(MESSAGE, kept(Reply(shown=ShownPicture("MEDIA-1_x")), ""), NOW)
    assert fields(ours) == fields(ImageReply(media_id="MEDIA-1_x", **TO_SENDER).render())


@given(CARRIED, CARRIED)
def test_a_card(title, description):
    link = "https://h.example/p?a=1&b=2"
    library = ArticlesReply(**TO_SENDER)
    library.articles = [{"title": title, "description": description, "image": link, "url": link}]
    ours = render(MESSAGE, kept(Reply(shown=ShownCard(title, description, link, link)), ""), NOW)
    assert fields(ours) == fields(library.render())
