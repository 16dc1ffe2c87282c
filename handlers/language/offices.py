"""Names of offices as people shorten them, misspell them, or still remember from before the reforms.

Every variant of a row of `data/offices.tsv` stands for its first entry.
"""

import re

from handlers.language.wordlists import any_of, rows, words

OFFICES: dict[str, str] = {
    variant: row[0] for row in rows("language/offices") for variant in (row[0], *" ".join(row[1:]).split())
}
INNER_OFFICES: tuple[str, ...] = words("language/unit_words", "inner")
"""How parts of a unit begin whose first character is a surname as well: 高中部, 康复科, 管委会."""
_OFFICE_AT_END = re.compile(rf"(?:{any_of(OFFICES)})$")


def office_of(name: str) -> str:
    """The office whose name stands at the end of a unit's name, in full; '' for none."""
    found = _OFFICE_AT_END.search(name)
    return OFFICES[found[0]] if found else ""
