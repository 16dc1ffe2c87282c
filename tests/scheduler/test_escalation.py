"""Escalation: a case that cannot be looked after holds up no other."""

from datetime import timedelta

from scheduler.escalation import Escalation
from tests.scheduler.conftest import EVENING


def test_a_case_that_fails_holds_up_no_other(store, campaign, monkeypatch):
    called = []

    def call(self, campaign, case, now):
        if case == "first":
            raise LookupError(case)
        called.append(case)
        return True

    monkeypatch.setattr(Escalation, "_overdue", lambda *_: ["first", "second"])
    monkeypatch.setattr(Escalation, "_call", call)
    escalation = Escalation(store)
    assert escalation.tick(EVENING) == 1
    assert called == ["second"]
    assert escalation.tick(EVENING - timedelta(days=1)) == 1, "a clock that was set back is no reason to wait"
    assert [alert.source for alert in store.alerts.standing()] == [f"campaign {campaign.id}"]
