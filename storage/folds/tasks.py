"""How counts of items change the views."""

from storage.ledger import Entry
from storage.models.reports import Count
from storage.views import Views


def count_items(views: Views, entry: Entry) -> None:
    """A count of items is said or taken back."""
    task, region = entry.values["task"], entry.values["region"]
    cell = f"{task}|{region}"
    if entry.kind == "task.counted":
        count, before = int(entry.values["count"]), views.tasks.get(cell)
        views.tasks[cell] = count
        views.newest_counts[cell] = Count(
            task=task, region=region, count=count, before=before, by=entry.by, at=entry.at
        )
    elif (before := views.newest_counts.pop(cell).before) is None:
        del views.tasks[cell]
    else:
        views.tasks[cell] = before
