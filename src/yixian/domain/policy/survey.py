"""实物调查规则: the survey data of a pack: its sheets, how each kind of item is measured, who must be there, postings.

What is measured stands as it was measured (length, width, storeys), and the quantity is a formula of it. From this data come
our own form, the XLSForm and the paper form alike (`yixian.engines.survey`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from yixian.domain.policy.declared import Input, Item

PROPERTY, LAND, POPULATION, PLAN = "property", "land", "population", "plan"
LISTS = (PROPERTY, LAND, POPULATION, PLAN)
"""What is posted apart (Order 471, Art. 53): property, land, population, the plan."""

CALENDAR_DAYS, WORKING_DAYS = "calendar_days", "working_days"
DAY_UNITS = (CALENDAR_DAYS, WORKING_DAYS)

TITLES = {
    "area": ("面积", "area"),
    "count": ("数量", "number"),
    "depth": ("深", "depth"),
    "diameter": ("直径", "diameter"),
    "height": ("高", "height"),
    "length": ("长", "length"),
    "storeys": ("层数", "storeys"),
    "volume": ("体积", "volume"),
    "width": ("宽", "width"),
}
"""What the usual measures are called, in Chinese and English, where a pack gives no title."""

PRESENT = {
    "measurer": ("测量人", "Measurer"),
    "second": ("另一单位的共同调查人", "Second surveyor, of another organisation"),
    "household": ("户主或者书面委托的人", "Householder, or who has their written mandate"),
    "village": ("村组见证人", "Witness of the village"),
    "interpreter": ("翻译", "Interpreter"),
    "designer": ("设计单位代表", "Representative of the design institute"),
    "owner": ("项目法人代表", "Representative of the project's owner"),
}
"""Who can be asked to be there and sign, in Chinese and English. A household may refuse, with its reason."""

MEASURER, SECOND, HOUSEHOLD = "measurer", "second", "household"


@dataclass(frozen=True, slots=True)
class Photographs:
    """照片: how many photographs of an item are asked for at least, and of what (Chinese, English)."""

    least: int = 0
    of_zh: str = ""
    of_en: str = ""

    def of(self, lang: str) -> str:
        """Of what, in ``zh`` or ``en``."""
        return self.of_zh if lang == "zh" else self.of_en


@dataclass(frozen=True, slots=True)
class Kind:
    """测法: how items that are measured alike are measured. ``items`` are codes, ``categories`` all items of these; neither: all.

    ``quantity`` is a formula over the measures. ``attributes`` are what is asked besides; one that is called like a declared
    fact of items is that fact.
    """

    id: str
    categories: tuple[str, ...]
    items: tuple[str, ...]
    measures: tuple[Input, ...]
    quantity: str
    photographs: Photographs
    attributes: tuple[Input, ...]

    def takes(self, item: Item) -> bool:
        """Whether an item of its sheet is measured in this way."""
        if not self.categories and not self.items:
            return True
        return item.category in self.categories or item.code in self.items


@dataclass(frozen=True, slots=True)
class Sheet:
    """调查表: one form, of the items of some categories."""

    id: str
    title_zh: str
    title_en: str
    categories: tuple[str, ...]
    kinds: tuple[Kind, ...]

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def kind_of(self, item: Item) -> Kind | None:
        """How an item is measured on this sheet; None if it does not stand on it."""
        if item.category not in self.categories:
            return None
        return next((kind for kind in self.kinds if kind.takes(item)), None)


@dataclass(frozen=True, slots=True)
class PostingRound:
    """公示轮次: a round of posting one of `LISTS`, for so many days of a unit."""

    list: str
    days: int
    unit: str


@dataclass(frozen=True, slots=True)
class PostingRules:
    """公示规则: the rounds in their order, within how many days one may object and is measured again, and by which clause."""

    rounds: tuple[PostingRound, ...] = ()
    objection_days: int = 0
    recheck_days: int = 0
    document: str = ""
    clause: str = ""

    def rounds_of(self, posted: str) -> tuple[PostingRound, ...]:
        """The rounds of one list, in their order."""
        return tuple(one for one in self.rounds if one.list == posted)


@dataclass(frozen=True, slots=True)
class Survey:
    """实物调查: what survey.yaml says. ``tolerances`` are shares of one (0.02 is two in a hundred) by what they are for."""

    sheets: tuple[Sheet, ...] = ()
    present: tuple[str, ...] = ()
    posting: PostingRules = field(default_factory=PostingRules)
    tolerances: dict[str, Decimal] = field(default_factory=dict)
    code: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything to survey by."""
        return bool(self.sheets)

    def sheet(self, sheet_id: str) -> Sheet:
        """A sheet by its id. Raises `LookupError` with those that there are."""
        for one in self.sheets:
            if one.id == sheet_id:
                return one
        raise LookupError(f"There is no sheet {sheet_id}; there are {', '.join(self.sheet_ids)}.")

    @property
    def sheet_ids(self) -> list[str]:
        """The sheets' ids in their order."""
        return [one.id for one in self.sheets]

    def kinds_of(self, item: Item) -> Iterator[tuple[Sheet, Kind]]:
        """Every sheet and way in which an item is measured: exactly one, or none where it is not surveyed."""
        for sheet in self.sheets:
            kind = sheet.kind_of(item)
            if kind is not None:
                yield sheet, kind
