"""What the pictures are made of, as values: every word is here, the drawing adds none."""

from dataclasses import dataclass

from bot.desk.script import Rendered


@dataclass(frozen=True)
class Tag:
    """A short sign beside a name; `colour` counts shifts, so that one shift has one colour (-1: none of its own)."""

    text: str
    colour: int = -1


@dataclass(frozen=True)
class PictureLine:
    """One person in a cell of the picture."""

    name: str
    tags: tuple[Tag, ...]
    is_off: bool = False


@dataclass(frozen=True)
class PictureCell:
    """Who is rostered; `hole` are the words for nobody (empty: somebody is)."""

    lines: tuple[PictureLine, ...]
    hole: str = ""


@dataclass(frozen=True)
class PictureRow:
    """One day."""

    weekday: str
    day: str
    is_today: bool
    cells: tuple[PictureCell, ...]


@dataclass(frozen=True)
class WeekPicture:
    """A week of the roster, ready to be drawn: every word is here, the drawing adds none."""

    name: str
    title: str
    span: str
    today: str
    columns: tuple[str, ...]
    rows: tuple[PictureRow, ...]
    legend: tuple[tuple[Tag, str], ...]
    remark: str
    caption: Rendered


@dataclass(frozen=True)
class PeriodTile:
    """A headline: what it is, its number, and what it is against the period before and last year."""

    label: str
    value: str
    changes: str


@dataclass(frozen=True)
class CourseStep:
    """One step of the course: its label, how many cases were opened and resolved in it."""

    label: str
    opened: int
    resolved: int


@dataclass(frozen=True)
class PeriodPicture:
    """A period's report on a page, ready to be drawn: every word is here, the drawing adds none."""

    name: str
    title: str
    span: str
    tiles: tuple[PeriodTile, ...]
    course_title: str
    course: tuple[CourseStep, ...]
    legend: tuple[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: str
    caption: Rendered


@dataclass(frozen=True)
class ResultRow:
    """One bar: what it stands for, how long it is (0 to 1), what is written beside it."""

    label: str
    share: float
    figure: str


@dataclass(frozen=True)
class ResultBlock:
    """One question: its words, a note below, its bars (none for free words)."""

    head: str
    note: str
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True)
class ResultPicture:
    """What came of a survey, ready to be drawn: every word is here, the drawing adds none."""

    name: str
    title: str
    span: str
    people: str
    blocks: tuple[ResultBlock, ...]
    caption: Rendered


@dataclass(frozen=True)
class Bar:
    """One step of a plot: its label, this period's amount, last year's, the target (fen)."""

    label: str
    amount: int
    before: int
    target: int


@dataclass(frozen=True)
class SalesPictureRow:
    """One group: its cells in words; `attained` is drawn as a bar (1.0: all of the target, None: no target)."""

    cells: tuple[str, ...]
    attained: float | None


@dataclass(frozen=True)
class SalesPicture:
    """A period's sales, ready to be drawn: every word is here, the drawing adds none."""

    name: str
    title: str
    span: str
    tiles: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    legend: tuple[str, str, str]
    unit: str
    columns: tuple[str, ...]
    rows: tuple[SalesPictureRow, ...]
    caption: Rendered


@dataclass(frozen=True)
class Tile:
    """One big number with what it is compared with; `is_bad`: it asks for somebody's eyes."""

    label: str
    value: str
    note: str
    is_bad: bool = False


@dataclass(frozen=True)
class CountPlot:
    """Counts over steps: two kinds of bars side by side, and a line of what was before (empty: none)."""

    title: str
    labels: tuple[str, ...]
    bars: tuple[tuple[int, ...], tuple[int, ...]]
    line: tuple[int, ...]
    legend: tuple[str, ...]


@dataclass(frozen=True)
class DigestRow:
    """One region: its cells in words, and which of them ask for somebody's eyes."""

    cells: tuple[str, ...]
    bad: frozenset[int] = frozenset()


@dataclass(frozen=True)
class WordBar:
    """A word, in how many of the day's cases it stood, in how many it usually stands, and both in words."""

    word: str
    count: float
    usual: float
    note: str


@dataclass(frozen=True)
class DigestPicture:
    """A day, ready to be drawn: every word is here, the drawing adds none."""

    name: str
    title: str
    span: str
    tiles: tuple[Tile, ...]
    plots: tuple[CountPlot, ...]
    table: str
    columns: tuple[str, ...]
    rows: tuple[DigestRow, ...]
    words_title: str
    words: tuple[WordBar, ...]
    caption: Rendered
