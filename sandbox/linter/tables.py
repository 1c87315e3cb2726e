"""Rules for tables and charts."""

from sandbox.linter import limits
from sandbox.linter.findings import Findings, count, dicts, error, items, length, objects, one_of, optional_length
from sandbox.wire import Json

CELLS = ("raw_text", "raw_number", "rich_text")
# Text a raw_text cell needs; an empty one is refused.
CELL_TEXT = 3_000


def table(at: str, block: Json) -> Findings:
    """A table: at most 100 rows of at most 20 cells."""
    yield from _rows(at, block.get("rows"), limits.TABLE_ROWS, 1)
    settings = block.get("column_settings", [])
    yield from count(f"{at}/column_settings", settings, limits.TABLE_COLUMNS, least=0)
    for index, setting in dicts(settings):
        yield from one_of(f"{at}/column_settings/{index}/align", setting.get("align"), ("left", "center", "right"))


def data_table(at: str, block: Json) -> Findings:
    """A data table: a caption, 2 to 101 rows with the header, all of one length, no rich text in the header."""
    yield from length(f"{at}/caption", block.get("caption"), limits.SECTION_TEXT)
    rows = block.get("rows")
    yield from _rows(at, rows, limits.DATA_TABLE_ROWS, 2)
    page = block.get("page_size", 5)
    if not isinstance(page, int) or not 1 <= page <= limits.DATA_TABLE_PAGE:
        yield error(f"{at}/page_size", f"must be between 1 and {limits.DATA_TABLE_PAGE}")
    for index, cell in dicts(next(iter(items(rows)), [])):
        if cell.get("type") == "rich_text":
            yield error(f"{at}/rows/0/{index}", "header cells must not be rich_text")
    if len({len(items(row)) for row in items(rows)}) > 1:
        yield error(f"{at}/rows", "every row must have the same number of cells")


def _rows(at: str, rows: object, most: int, least: int) -> Findings:
    yield from count(f"{at}/rows", rows, most, least=least)
    for row_index, row in enumerate(items(rows)):
        yield from count(f"{at}/rows/{row_index}", row, limits.TABLE_COLUMNS)
        yield from objects(f"{at}/rows/{row_index}", row)
        for index, cell in dicts(row):
            yield from _cell(f"{at}/rows/{row_index}/{index}", cell)


def _cell(at: str, cell: Json) -> Findings:
    if cell.get("type") not in CELLS:
        yield error(f"{at}/type", f"must be one of {', '.join(CELLS)}")
    elif cell["type"] == "raw_text":
        yield from length(f"{at}/text", cell.get("text"), CELL_TEXT)


def chart(at: str, block: Json) -> Findings:
    """A chart (docs.slack.dev data-visualization-block): title 50; 1 to 6 segments or series; labels 20; 20 points."""
    yield from length(f"{at}/title", block.get("title"), limits.CHART_TITLE)
    drawn = block.get("chart")
    if not isinstance(drawn, dict):
        yield error(f"{at}/chart", "must provide an object")
    elif drawn.get("type") == "pie":
        yield from _points(f"{at}/chart/segments", drawn.get("segments"), limits.CHART_SERIES)
        for index, segment in dicts(drawn.get("segments")):
            value = segment.get("value")
            if isinstance(value, int | float) and value <= 0:
                yield error(f"{at}/chart/segments/{index}/value", "must be greater than 0")
    elif drawn.get("type") in ("bar", "area", "line"):
        yield from _series(f"{at}/chart", drawn)
    else:
        yield error(f"{at}/chart/type", "must be one of pie, bar, area, line")


def _series(at: str, drawn: Json) -> Findings:
    yield from count(f"{at}/series", drawn.get("series"), limits.CHART_SERIES)
    yield from objects(f"{at}/series", drawn.get("series"))
    names = [str(one.get("name")) for _, one in dicts(drawn.get("series"))]
    if len(set(names)) < len(names):
        yield error(f"{at}/series", "names must be unique")
    for index, one in dicts(drawn.get("series")):
        yield from length(f"{at}/series/{index}/name", one.get("name"), limits.CHART_LABEL)
        yield from _points(f"{at}/series/{index}/data", one.get("data"), limits.CHART_POINTS)
    axis = drawn.get("axis_config")
    if not isinstance(axis, dict):
        yield error(f"{at}/axis_config", "must provide an object")
        return
    yield from count(f"{at}/axis_config/categories", axis.get("categories"), limits.CHART_POINTS)
    for key in ("x_label", "y_label"):
        yield from optional_length(f"{at}/axis_config/{key}", axis.get(key), limits.CHART_TITLE)


def _points(at: str, points: object, most: int) -> Findings:
    yield from count(at, points, most)
    yield from objects(at, points)
    for index, point in dicts(points):
        yield from length(f"{at}/{index}/label", point.get("label"), limits.CHART_LABEL)
        value = point.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield error(f"{at}/{index}/value", "must be a number")
