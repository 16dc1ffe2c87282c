"""Carrying stored shapes over: one function for each change, in the order in which the program changed.

A step finds whatever the steps before it, and the program before it, left. It may be killed anywhere and is then taken
again from its beginning, so it writes only what is not as it should be yet. What the ledger determines it changes
through the ledger. A row is never changed or taken out: databases count them.
"""

from collections.abc import Sequence

from storage.migrations.archives import know_archives
from storage.migrations.cases import give_cases_their_fields
from storage.migrations.chains import seal_ledgers
from storage.migrations.closings import date_closings
from storage.migrations.dated_roles import date_roles
from storage.migrations.dialogues import end_dialogues
from storage.migrations.editions import give_subscriptions_their_edition
from storage.migrations.endings import note_endings
from storage.migrations.held_figures import hold_figures
from storage.migrations.hooks import tell_hooks
from storage.migrations.issues import number_issues
from storage.migrations.later_views import note_later_views
from storage.migrations.one_counter import number_matters
from storage.migrations.pages_apart import keep_pages_apart
from storage.migrations.publications import bring_publications_together
from storage.migrations.rolls_and_histories import fill_rolls_and_histories
from storage.migrations.step import Step
from storage.migrations.uncertain_deliveries import number_deliveries
from storage.migrations.unit_names import name_units_anew
from storage.migrations.unit_sums import sum_units

STEPS: Sequence[Step] = (
    name_units_anew,
    number_matters,
    end_dialogues,
    note_later_views,
    seal_ledgers,
    date_closings,
    number_deliveries,
    end_dialogues,
    fill_rolls_and_histories,
    date_roles,
    give_cases_their_fields,
    hold_figures,
    number_issues,
    sum_units,
    note_endings,
    fill_rolls_and_histories,
    tell_hooks,
    give_subscriptions_their_edition,
    sum_units,
    bring_publications_together,
    keep_pages_apart,
    know_archives,
)
"""The table. Its length is the schema version of this program."""
