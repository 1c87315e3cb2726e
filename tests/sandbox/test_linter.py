"""The payload linter: each limit just met, and one beyond."""

from typing import Any

import pytest

from sandbox.linter import lint_message, lint_suggestions, lint_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, text: str = "o") -> Json:
    return {"text": plain(text), "value": value}


def options(number: int) -> list[Json]:
    return [option(str(n)) for n in range(number)]


def button(text: str = "b", action_id: str = "a", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def select(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def table(rows: int, columns: int, kind: str = "table", **more: Any) -> Json:
    cell = {"type": "raw_text", "text": "x"}
    return {"type": kind, "rows": [[cell] * columns for _ in range(rows)], **more}


def pie(labels: int, label: str = "x", value: float = 1) -> Json:
    segments = [{"label": label, "value": value}] * labels
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": segments}}


def bars(points: int) -> Json:
    data = [{"label": str(n), "value": n} for n in range(points)]
    axis = {"categories": [str(n) for n in range(points)]}
    chart = {"type": "bar", "series": [{"name": "s", "data": data}], "axis_config": axis}
    return {"type": "data_visualization", "title": "t", "chart": chart}


def card_of(actions: int) -> Json:
    return {"type": "card", "title": plain("t"), "actions": [button(action_id=str(n)) for n in range(actions)]}


def box(*blocks: Json) -> Json:
    return {"type": "container", "title": plain("t"), "child_blocks": list(blocks)}


CONFIRM = {"title": plain("Sure?"), "text": plain("x" * 300), "confirm": plain("Yes"), "deny": plain("No")}
LONG_CONFIRM = CONFIRM | {"text": plain("x" * 301)}

# name: the block at its limit, the block beyond it, the pointer of the finding
BLOCKS: dict[str, tuple[Json, Json, str]] = {
    "section text": (
        {"type": "section", "text": mrkdwn("x" * 3000)},
        {"type": "section", "text": mrkdwn("x" * 3001)},
        "/text/text",
    ),
    "section empty": ({"type": "section", "text": mrkdwn("x")}, {"type": "section", "text": mrkdwn("")}, "/text/text"),
    "section needs content": ({"type": "section", "fields": [plain("x")]}, {"type": "section"}, ""),
    "section fields": (
        {"type": "section", "fields": [plain("x")] * 10},
        {"type": "section", "fields": [plain("x")] * 11},
        "/fields",
    ),
    "section field": (
        {"type": "section", "fields": [mrkdwn("x" * 2000)]},
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "/fields/0/text",
    ),
    "header": (
        {"type": "header", "text": plain("x" * 150)},
        {"type": "header", "text": plain("x" * 151)},
        "/text/text",
    ),
    "header is plain": (
        {"type": "header", "text": plain("x")},
        {"type": "header", "text": mrkdwn("x")},
        "/text/type",
    ),
    "context elements": (
        {"type": "context", "elements": [mrkdwn("x")] * 10},
        {"type": "context", "elements": [mrkdwn("x")] * 11},
        "/elements",
    ),
    "actions elements": (
        actions(*(button(action_id=str(n)) for n in range(25))),
        actions(*(button(action_id=str(n)) for n in range(26))),
        "/elements",
    ),
    "button text": (actions(button("x" * 75)), actions(button("x" * 76)), "/elements/0/text/text"),
    "button value": (actions(button(value="x" * 2000)), actions(button(value="x" * 2001)), "/elements/0/value"),
    "button style": (actions(button(style="danger")), actions(button(style="loud")), "/elements/0/style"),
    "action id": (actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256)), "/elements/0/action_id"),
    "same action id": (actions(button(action_id="1"), button(action_id="2")), actions(button(), button()), ""),
    "confirm": (
        actions(button(confirm=CONFIRM)),
        actions(button(confirm=LONG_CONFIRM)),
        "/elements/0/confirm/text/text",
    ),
    "block id": (
        {"type": "divider", "block_id": "x" * 255},
        {"type": "divider", "block_id": "x" * 256},
        "/block_id",
    ),
    "select options": (
        actions(select("static_select", options=options(100))),
        actions(select("static_select", options=options(101))),
        "/elements/0/options",
    ),
    "select without options": (
        actions(select("static_select", options=options(1))),
        actions(select("static_select", options=[])),
        "/elements/0/options",
    ),
    "option value": (
        actions(select("static_select", options=[option("x" * 150)])),
        actions(select("static_select", options=[option("x" * 151)])),
        "/elements/0/options/0/value",
    ),
    "option text": (
        actions(select("static_select", options=[option("v", "x" * 75)])),
        actions(select("static_select", options=[option("v", "x" * 76)])),
        "/elements/0/options/0/text/text",
    ),
    "option description": (
        actions(select("static_select", options=[option("v") | {"description": plain("x" * 75)}])),
        actions(select("static_select", options=[option("v") | {"description": plain("x" * 76)}])),
        "/elements/0/options/0/description/text",
    ),
    "same option value": (
        actions(select("static_select", options=[option("1"), option("2")])),
        actions(select("static_select", options=[option("1"), option("1")])),
        "/elements/0/options/1/value",
    ),
    "initial option": (
        actions(select("static_select", options=options(2), initial_option=option("1"))),
        actions(select("static_select", options=options(2), initial_option=option("7"))),
        "/elements/0/initial_option",
    ),
    "radio buttons": (
        actions(select("radio_buttons", options=options(10))),
        actions(select("radio_buttons", options=options(11))),
        "/elements/0/options",
    ),
    "overflow": (
        actions(select("overflow", options=options(5))),
        actions(select("overflow", options=options(6))),
        "/elements/0/options",
    ),
    "placeholder": (
        actions(select("external_select", placeholder=plain("x" * 150))),
        actions(select("external_select", placeholder=plain("x" * 151))),
        "/elements/0/placeholder/text",
    ),
    "inputs are not actions": (actions(button()), actions(select("plain_text_input")), "/elements/0/type"),
    "image": (
        {"type": "image", "image_url": "https://x", "alt_text": "x"},
        {"type": "image", "image_url": "https://x"},
        "/alt_text",
    ),
    "markdown": ({"type": "markdown", "text": "x" * 12000}, {"type": "markdown", "text": "x" * 12001}, "/text"),
    "table rows": (table(100, 1), table(101, 1), "/rows"),
    "table columns": (table(1, 20), table(1, 21), "/rows/0"),
    "table cell": (
        table(1, 1),
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        "/rows/0/0/text",
    ),
    "data table rows": (
        table(101, 1, "data_table", caption="c"),
        table(102, 1, "data_table", caption="c"),
        "/rows",
    ),
    "data table needs a row": (
        table(2, 1, "data_table", caption="c"),
        table(1, 1, "data_table", caption="c"),
        "/rows",
    ),
    "data table caption": (table(2, 1, "data_table", caption="c"), table(2, 1, "data_table"), "/caption"),
    "data table page": (
        table(2, 1, "data_table", caption="c", page_size=100),
        table(2, 1, "data_table", caption="c", page_size=101),
        "/page_size",
    ),
    "pie segments": (pie(6), pie(7), "/chart/segments"),
    "pie label": (pie(1, "x" * 20), pie(1, "x" * 21), "/chart/segments/0/label"),
    "pie value": (pie(1), pie(1, value=0), "/chart/segments/0/value"),
    "chart points": (bars(20), bars(21), "/chart/series/0/data"),
    "chart title": (pie(1) | {"title": "x" * 50}, pie(1) | {"title": "x" * 51}, "/title"),
    "card actions": (card_of(3), card_of(4), "/actions"),
    "carousel": (
        {"type": "carousel", "elements": [card_of(0)] * 10},
        {"type": "carousel", "elements": [card_of(0)] * 11},
        "/elements",
    ),
    "container": (
        box({"type": "divider"}),
        box(box({"type": "divider"})),
        "/child_blocks/0/type",
    ),
    "alert is for modals": ({"type": "divider"}, {"type": "alert", "text": plain("x")}, "/type"),
    "unknown block": ({"type": "divider"}, {"type": "hologram"}, "/type"),
}


def errors(message: Json) -> set[str]:
    return {finding.pointer for finding in lint_message({"text": "t"} | message) if finding.severity == "error"}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_at_its_limit_is_fine_and_one_beyond_is_found(name: str) -> None:
    fine, beyond, pointer = BLOCKS[name]

    assert errors({"blocks": [fine]}) == set()
    assert errors({"blocks": [beyond]}) >= {"/blocks/0" + pointer}


def test_a_message_has_at_most_fifty_blocks_distinct_block_ids_and_one_table() -> None:
    divider = {"type": "divider"}

    assert errors({"blocks": [divider] * 50}) == set()
    assert errors({"blocks": [divider] * 51}) == {"/blocks"}
    assert errors({"blocks": [divider | {"block_id": "same"}] * 2}) == {"/blocks"}
    assert errors({"blocks": [table(1, 1), table(1, 1)]}) == {"/blocks"}
    assert errors({"blocks": [pie(1)] * 3}) == {"/blocks"}
    assert errors({"blocks": [{"type": "markdown", "text": "x" * 7000}] * 2}) == {"/blocks"}
    assert errors({"blocks": "no list"}) == {"/blocks"}


def test_missing_text_and_missing_action_ids_are_warnings() -> None:
    nameless = button()
    del nameless["action_id"]

    findings = lint_message({"blocks": [actions(nameless)]})

    assert {(one.pointer, one.severity) for one in findings} == {
        ("/text", "warning"),
        ("/blocks/0/elements/0/action_id", "warning"),
    }


FIELD = {"type": "input", "label": plain("l"), "element": {"type": "plain_text_input", "action_id": "a"}}
MODAL = {"type": "modal", "title": plain("x" * 24), "submit": plain("Save"), "blocks": [FIELD]}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({}, None),
        ({"title": plain("x" * 25)}, "/title/text"),
        ({"title": None}, "/title"),
        ({"submit": plain("x" * 25)}, "/submit/text"),
        ({"submit": None}, "/submit"),
        ({"private_metadata": "x" * 3001}, "/private_metadata"),
        ({"callback_id": "x" * 256}, "/callback_id"),
        ({"blocks": []}, "/blocks"),
        ({"blocks": [FIELD] * 101}, "/blocks"),
        ({"blocks": [FIELD | {"label": plain("x" * 2001)}]}, "/blocks/0/label/text"),
        ({"blocks": [FIELD | {"element": button()}]}, "/blocks/0/element/type"),
        ({"blocks": [FIELD | {"element": FIELD["element"] | {"max_length": 3001}}]}, "/blocks/0/element/max_length"),
        ({"blocks": [table(1, 1)]}, "/blocks/0/type"),
        ({"blocks": [{"type": "alert", "text": plain("x" * 201)}]}, "/blocks/0/text/text"),
    ],
)
def test_a_modal_is_held_to_its_limits(change: Json, pointer: str | None) -> None:
    found = {one.pointer for one in lint_view(MODAL | change) if one.severity == "error"}

    assert found == ({pointer} if pointer else set())


def test_home_needs_no_title_and_may_be_empty() -> None:
    assert lint_view({"type": "home", "blocks": []}) == []


def test_suggestions_are_at_most_a_hundred() -> None:
    assert lint_suggestions({"options": []}) == []
    assert lint_suggestions({"options": options(100)}) == []
    assert [one.pointer for one in lint_suggestions({"options": options(101)})] == ["/options"]
    group = {"label": plain("Recent"), "options": options(3)}
    assert lint_suggestions({"option_groups": [group]}) == []
    assert [one.pointer for one in lint_suggestions({})] == ["/options"]
