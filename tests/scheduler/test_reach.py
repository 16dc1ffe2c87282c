"""What a push could be sent by is told as the sender would choose, and sends nothing."""

from datetime import timedelta

from handlers.messages import MAILBOX
from scheduler.channels import CustomerServiceChannel, SubscriptionNoticeChannel, TemplateMessageChannel
from scheduler.reach import Reach
from tests.scheduler.conftest import EVENING, Town


class NoApi:
    """Whoever sends by it fails."""


def reach(town: Town, templates: dict[str, str]) -> Reach:
    api = NoApi()
    notices = SubscriptionNoticeChannel(api, {"reminder": "t-1"}, town.store.credits)  # type: ignore[arg-type]  # sends nothing
    window, template = CustomerServiceChannel(api, town.store.pictures), TemplateMessageChannel(api, templates)  # type: ignore[arg-type]  # the same
    return Reach(town.store, (window, notices, template))


def test_each_by_the_first_channel_that_takes_her(town: Town) -> None:
    lately = town.person("o-lately")
    long_ago = town.person("o-long-ago", EVENING - timedelta(days=3))
    allowed = town.person("o-allowed", EVENING - timedelta(days=3))
    town.store.credits.hear("o-allowed", "e-1", [("accept", "t-1")])
    persons = [lately.id, long_ago.id, allowed.id, "erased"]
    assert reach(town, {})("reminder", persons, EVENING) == {
        lately.id: "customer_service",
        long_ago.id: MAILBOX,
        allowed.id: "subscription_notice",
    }
    assert town.store.credits.left("o-allowed", "t-1") == 1


def test_templates_and_credits_are_of_a_job(town: Town) -> None:
    person = town.person("o-1", EVENING - timedelta(days=3))
    town.store.credits.hear("o-1", "e-1", [("accept", "t-1")])
    templates = {"verdict": "t-2", "notice": "t-3"}
    assert reach(town, templates)("verdict", [person.id], EVENING) == {person.id: "template_message"}
    assert reach(town, templates)("notice", [person.id], EVENING) == {person.id: MAILBOX}
