"""Logs: one JSON object a line with an event name, ids and counts. Never words, names, tokens or bodies."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

QUIET = ("slack_sdk", "slack_bolt", "sqlalchemy", "apscheduler", "alembic", "asyncio", "aiohttp")
"""Libraries whose logs may hold messages or bound values: nothing below WARNING, whatever the level."""
_SECRET = re.compile(r"(xox[abposr]-|xapp-)[\w-]+")
_NUMBER = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b\d{1,2}/\d{1,2}/\d{4}\b")
OURS = ("bot", "ccm", "handlers", "reminders", "storage")
FOREIGN = "event of a library; its text is withheld"


def set_up_logs(level: str) -> None:
    """Send every log line, ours and the libraries', through one formatter to standard error."""
    shared: list[Any] = [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, _withhold],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _scrub, _render()],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_worth_keeping)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _worth_keeping(record: logging.LogRecord) -> bool:
    """Libraries set levels of their own loggers; what is below WARNING of theirs ends here."""
    return record.levelno >= logging.WARNING or not record.name.startswith(QUIET)


def _render() -> Any:
    return structlog.processors.JSONRenderer(sort_keys=True)


def _withhold(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A library's message may quote a request body: keep who and where, not what it says. Our own hold ids only."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["at"] = f"{record.filename}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            event["error"] = record.exc_info[0].__name__
        record.exc_info = record.exc_text = None
    event.pop("exc_info", None)
    if record is None or record.name.partition(".")[0] not in OURS:
        event["event"] = FOREIGN
    return event


def _scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The second net: what looks like a token, a social security or phone number or a date of birth is blanked."""
    for key, value in event.items():
        if isinstance(value, str) and key not in {"timestamp", "level"}:
            event[key] = _NUMBER.sub("…", _SECRET.sub("…", value))
    return event
