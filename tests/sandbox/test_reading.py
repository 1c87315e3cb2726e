"""What a person reads of Slack's markup and blocks."""

from typing import Any

import pytest

from sandbox.reading import block_text, desktop_text, message_text, mobile_text, plain


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("Logged *12 min* for _Lopez_ ~no~ `code`", "Logged 12 min for Lopez no code"),
        ("<@U0CORA> and <@U0SAM|sam>", "@cora and @sam"),
        ("<https://x.org|the site> <https://y.org>", "the site https://y.org"),
        ("<!date^1741600000^{date}|10 March>", "10 March"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("snake_case stays, 2*3*4 too", "snake_case stays, 2*3*4 too"),
        ("<!here> look", "@here look"),
    ],
)
def test_markup_is_read_as_it_looks(markup: str, seen: str) -> None:
    assert plain(markup, {"U0CORA": "cora"}) == seen


def text(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def test_blocks_are_read_in_order_tables_by_rows() -> None:
    cells = [[{"type": "raw_text", "text": "Code"}, {"type": "raw_text", "text": "Min"}]]
    blocks = [
        {"type": "header", "text": text("Today")},
        {"type": "section", "text": text("a"), "fields": [text("b"), text("c")]},
        {"type": "table", "rows": cells},
        {"type": "context", "elements": [text("small")]},
    ]

    assert block_text(blocks).split("\n") == ["Today", "a", "b", "c", "Code | Min", "small"]


def test_hidden_things_are_not_read() -> None:
    option = {"text": text("hidden option"), "value": "secret"}
    menu = {"type": "static_select", "action_id": "a", "options": [option], "placeholder": text("Choose")}

    assert block_text([{"type": "actions", "block_id": "b", "elements": [menu]}]) == "Choose"


def test_the_desktop_shows_the_first_block_with_text_and_the_phone_the_text() -> None:
    blocks = [{"type": "divider"}, {"type": "header", "text": text("Digest")}, {"type": "section", "text": text("PHI")}]
    message = {"text": "Digest is ready", "blocks": blocks}

    assert (mobile_text(message), desktop_text(message)) == ("Digest is ready", "Digest")
    assert desktop_text({"text": "only text"}) == "only text"
    assert message_text(message) == "Digest\nPHI"
