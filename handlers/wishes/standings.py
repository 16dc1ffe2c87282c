"""What a ranking is asked for: by which measure, of which parts or place, how many places, and whose place."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast, get_args

from handlers.language.called import is_name
from handlers.language.late import pattern
from handlers.language.names import find_project, find_region
from handlers.language.numerals import DIGITS, read_numeral
from handlers.language.persons import UNIT_END
from handlers.language.text import is_question, squash
from handlers.language.units import ends_like_a_unit, looks_like_unit
from handlers.language.wordlists import any_of, forms, rows, words
from storage.campaign_document import Project, Region
from storage.campaign_schema import Campaign
from storage.models.teams import Metric

MOST = 10
"""How many places are shown at once."""
_METRICS = tuple((row[0], cast(Metric, row[1])) for row in rows("wishes/standings") if row[1] in get_args(Metric))
_REGIONS, _PROJECTS = words("wishes/standings", "regions"), words("wishes/standings", "projects")
_BESIDE = pattern(any_of(form for word in words("wishes/standings", "beside") for form in forms(word)))
_FIRST = pattern(rf"前([{DIGITS}十]+|\d+)(?:[名位强]|$)")
_OF_PLACES = pattern(
    "(?:现在|目前|今天)?(?:能|可以)?(?:排名?(?:第几|多少|在?哪里?|怎么样)|第几名?|(?:的|是)(?:排名|名次|第几)|(?:排名|名次)(?:多少|是|在|怎)).*$"
)
"""What asks for the place of the unit ahead of it."""
_OF_HER_PLACE = pattern("(?:我们?|咱们?|本)(?:这个?)?[县区](?:现在|目前|今天|能|可以|的|是)*(?:排|第几|名次|几名)")
_SOME_PLACES = pattern(
    rf"(?:[全本][市县区]|我们[市县区])?(?:倒数)?(?:前|后|倒数)第?(?:[{DIGITS}十]+|\d{{1,3}})(?:[名位强]|是谁|有谁)*"
)
_PLACES = tuple("县区市州")
SHORT_NAME = 4
"""So many characters may be a name, whatever they end in."""


@dataclass(frozen=True)
class AskedStandings:
    """What is asked for in a campaign; `text` is a sentence, or what stands behind the word."""

    campaign: Campaign
    text: str

    @cached_property
    def metric(self) -> Metric:
        return next((metric for word, metric in _METRICS if word in self.text), "amount")

    @cached_property
    def region(self) -> Region | None:
        return find_region(self.campaign, self.text)[0]

    @cached_property
    def project(self) -> Project | None:
        return find_project(self.campaign, self.text)[0]

    @property
    def of_regions(self) -> bool:
        """Whether the places themselves are to be ranked."""
        return self.region is None and any(word in self.text for word in _REGIONS)

    @property
    def of_regions_alone(self) -> bool:
        return any(squash(self.text) == word for word in _REGIONS)

    @property
    def of_projects(self) -> bool:
        return self.project is None and any(word in self.text for word in _PROJECTS)

    @property
    def places(self) -> int:
        """`前三`, `前5名`: so many places, one page at most."""
        first = _FIRST.search(squash(self.text))
        count = read_numeral(first[1]) if first else MOST
        return min(MOST, max(1, int(count))) if not isinstance(count, str) else MOST

    @property
    def name(self) -> str:
        """What stands behind the word as a name."""
        return _FIRST.sub("", squash(self.text))

    @property
    def is_a_name(self) -> bool:
        """Whether that would be a name: neither `现在怎么样` nor the whole campaign's area."""
        said = self.name
        bare = _BESIDE.sub("", said)
        named = UNIT_END.search(said) or said.endswith(_PLACES) or len(said) <= SHORT_NAME
        return len(bare) > 1 and bool(named) and looks_like_unit(self.campaign, said) is None


def names_a_place_alone(campaign: Campaign, text: str) -> bool:
    """Whether a message is the name of one of the campaign's places, in full and nothing else: its ranking is shown."""
    return is_name(text, (region.name for region in campaign.regions))


def asks_for_places(text: str) -> bool:
    """Whether some places are asked for and nothing else: `前十`, `后五名`, `倒数前三`."""
    return _SOME_PLACES.fullmatch(squash(text)) is not None


def of_her_place(text: str) -> bool:
    """Whether the rank of the place that she is from is asked for: `我们县第几名了`."""
    return _OF_HER_PLACE.search(squash(text)) is not None


def asks_for_a_place(text: str) -> bool:
    """Whether a line asks for the place of a unit that it names, and nothing else: `永善一中第几名`."""
    name = whose_place(text)
    return bool(name) and name != squash(text) and ends_like_a_unit(name)


def whose_place(text: str) -> str:
    """Whose place a sentence asks for (`永善一中排第几`), folded; '' for nobody's."""
    name = _OF_PLACES.sub("", squash(text))
    return name if len(name) > 1 else ""


def names_a_place(remainder: str) -> bool:
    """Whether 排行 may be followed by this without a separator: a question about rankings names no place."""
    return not is_question(remainder)
