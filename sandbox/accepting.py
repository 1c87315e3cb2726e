"""What Slack accepts from an app: every message and view passes the linter here, findings are remembered."""

from collections.abc import Iterable

from sandbox.linter import Finding, lint_message, lint_view
from sandbox.wire import Json, SlackError, dumps
from sandbox.workspace import Workspace

MESSAGE_BLOCKS_CHARS = 13_200
TEXT_CHARS = 40_000


def accept_message(slack: Workspace, where: str, content: Json) -> None:
    """Check a message about to be shown.

    Raises:
        SlackError: `no_text`, `msg_too_long`, `msg_blocks_too_long`, `invalid_blocks`, with JSON pointers.
    """
    if not any(content.get(key) for key in ("text", "blocks", "attachments", "files")):
        raise SlackError("no_text")
    refuse(slack, where, lint_message(content), "invalid_blocks")
    if len(content.get("text") or "") > TEXT_CHARS:
        slack.note_finding(where, "/text", f"must be less than {TEXT_CHARS + 1} characters")
        raise SlackError("msg_too_long")
    if content.get("blocks") and len(dumps(content["blocks"])) > MESSAGE_BLOCKS_CHARS:
        slack.note_finding(where, "/blocks", f"JSON must be less than {MESSAGE_BLOCKS_CHARS + 1} characters")
        raise SlackError("msg_blocks_too_long")


def accept_view(slack: Workspace, where: str, view: object, kind: str) -> Json:
    """Check a view of the kind the method takes (`modal` or `home`) and give it back.

    Raises:
        SlackError: `invalid_arguments`, with JSON pointers.
    """
    if not isinstance(view, dict) or view.get("type") != kind:
        slack.note_finding(where, "/view/type", f"must be {kind}")
        raise SlackError("invalid_arguments", f"[ERROR] must be {kind} [json-pointer:/view/type]")
    refuse(slack, where, lint_view(view), "invalid_arguments", under="/view")
    return view


def refuse(slack: Workspace, where: str, findings: Iterable[Finding], code: str, under: str = "") -> None:
    """Remember findings; refuse when one of them is an error."""
    errors = []
    for finding in findings:
        slack.note_finding(where, under + finding.pointer, finding.message, finding.severity)
        if finding.severity == "error":
            errors.append(f"[ERROR] {finding.message} [json-pointer:{under}{finding.pointer}]")
    if errors:
        raise SlackError(code, *errors)
