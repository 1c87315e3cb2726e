"""One of every block and input the bot may ever send, for the page to draw."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def rich(*parts: Json) -> Json:
    """A rich_text block of one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def series(name: str, values: list[int]) -> Json:
    """A series over days."""
    return {"name": name, "data": [{"label": f"D{day}", "value": value} for day, value in enumerate(values)]}


def chart(kind: str) -> Json:
    """A chart with axes."""
    axes = {"categories": ["D0", "D1", "D2"], "x_label": "Day", "y_label": "Minutes"}
    spec = {"type": kind, "series": [series("Staff", [5, 12, 20])], "axis_config": axes}
    return {"type": "data_visualization", "title": f"Minutes, {kind}", "chart": spec}


PICTURE = {"type": "image", "image_url": "https://pictures.invalid/a.png", "alt_text": "a chart"}
BUTTON = {"type": "button", "action_id": "go", "text": plain("Go")}
CARD = {"type": "card", "title": mrkdwn("P-7K4Q"), "body": mrkdwn("18 min"), "actions": [BUTTON]}
ROWS = [
    [{"type": "raw_text", "text": "Patient"}, {"type": "raw_text", "text": "Minutes"}],
    [{"type": "raw_text", "text": "P-7K4Q"}, {"type": "raw_number", "value": 18, "text": "18"}],
    [rich({"type": "text", "text": "P-2M9D", "style": {"bold": True}}), {"type": "raw_text", "text": "9"}],
]

GALLERY: list[Json] = [
    {"type": "header", "text": plain("A header")},
    {"type": "section", "text": mrkdwn("*bold* _italic_ ~gone~ `code`\n> quoted\n• item"), "accessory": PICTURE},
    {"type": "section", "fields": [mrkdwn("*Consent*\nverbal"), mrkdwn("*Plan*\ncurrent")]},
    {"type": "context", "elements": [PICTURE, mrkdwn("in small")]},
    {"type": "divider"},
    PICTURE,
    rich(
        {"type": "text", "text": "plain "},
        {"type": "user", "user_id": "U0CORA"},
        {"type": "emoji", "name": "tada"},
        {"type": "link", "url": "https://example.invalid", "text": "a link"},
        {"type": "date", "timestamp": 1_700_000_000, "format": "{date_short}"},
    ),
    {"type": "markdown", "text": "## Heading\n- one\n- two\n\n**bold** [link](https://example.invalid)"},
    {"type": "table", "rows": ROWS},
    {"type": "data_table", "caption": "Close", "rows": ROWS},
    chart("bar"),
    chart("line"),
    chart("area"),
    {
        "type": "data_visualization",
        "title": "Shares",
        "chart": {"type": "pie", "segments": [{"label": "A", "value": 1}]},
    },
    CARD,
    {"type": "carousel", "elements": [CARD, {**CARD, "actions": [{**BUTTON, "action_id": "other"}]}]},
    {"type": "container", "title": plain("Entries"), "child_blocks": [{"type": "divider"}]},
    {"type": "actions", "elements": [BUTTON]},
    {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Remove")}]},
]


def asked(kind: str, **more: Any) -> Json:
    """An input block for an element."""
    element = {"type": kind, "action_id": "v", **more}
    return {"type": "input", "block_id": kind, "optional": True, "label": plain(kind), "element": element}


OPTIONS = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]

INPUTS: list[Json] = [
    {"type": "alert", "level": "warning", "text": mrkdwn("careful")},
    asked("plain_text_input", multiline=True),
    asked("number_input", is_decimal_allowed=False),
    asked("email_text_input"),
    asked("url_text_input"),
    asked("static_select", options=OPTIONS),
    asked("multi_static_select", options=OPTIONS),
    asked("external_select", min_query_length=1),
    asked("users_select"),
    asked("conversations_select"),
    asked("datepicker"),
    asked("timepicker"),
    asked("radio_buttons", options=OPTIONS),
    asked("checkboxes", options=OPTIONS),
]
