"""Logs hold ids and counts: no words, names, tokens or bodies, whoever wrote the line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest
import structlog

from bot.logs import FOREIGN, set_up_logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    stream = io.StringIO()
    with redirect_stderr(stream):
        set_up_logs("info")
    yield stream
    root.handlers[:] = kept
    root.setLevel(level)


def _lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_our_lines_keep_their_event_and_values(written: io.StringIO) -> None:
    structlog.get_logger("bot").info("connected", practice="a1b2", pid=7)

    (line,) = _lines(written)
    assert (line["event"], line["practice"], line["pid"], line["level"]) == ("connected", "a1b2", 7, "info")


@pytest.mark.parametrize("name", ["slack_sdk.web", "slack_bolt.App", "sqlalchemy.engine", "some.library"])
def test_a_librarys_words_are_withheld(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).error("body was %s", "log 12m med rec Lopez")

    (line,) = _lines(written)
    assert line["event"] == FOREIGN
    assert "Lopez" not in written.getvalue()
    assert str(line["at"]).startswith("test_logs.py:")


@pytest.mark.parametrize("name", ["slack_sdk", "slack_bolt.App", "sqlalchemy.engine.Engine", "asyncio"])
def test_a_library_is_silent_below_warning(written: io.StringIO, name: str) -> None:
    library = logging.getLogger(name)
    level = library.level
    library.setLevel(logging.DEBUG)
    library.info("Lopez")
    library.setLevel(level)

    assert written.getvalue() == ""


def test_lines_of_our_own_rooms_say_what_happened(written: io.StringIO) -> None:
    """Delivery logs in plain words of ours; they used to be withheld as if they were a library's."""
    logging.getLogger("reminders.delivery").warning("outbox %s: dead letter, %s", "4f35", "channel_not_found")

    (line,) = _lines(written)
    assert line["event"] == "outbox 4f35: dead letter, channel_not_found"


def test_the_text_of_an_error_is_kept_back(written: io.StringIO) -> None:
    try:
        raise ValueError("Lopez 004512")
    except ValueError:
        logging.getLogger("some.library").exception("it broke")
        logging.getLogger("reminders.delivery").exception("it broke")

    assert "Lopez" not in written.getvalue()
    assert "Traceback" not in written.getvalue()
    assert [line["error"] for line in _lines(written)] == ["ValueError", "ValueError"]


@pytest.mark.parametrize(
    "secret",
    ["xoxb-123-abc-DEF", "xapp-1-A0-99-ff", "xoxp-1", "999-54-6978", "(312) 555-0147", "312-555-0147", "03/04/1948"],
)
def test_the_second_net_blanks_what_looks_secret(written: io.StringIO, secret: str) -> None:
    structlog.get_logger("bot").warning("odd", value=f"it was {secret}.")

    assert secret not in written.getvalue()
    assert "it was …" in str(_lines(written)[0]["value"])
