"""Rules for text objects, options and confirmations."""

from sandbox.linter import limits
from sandbox.linter.findings import Findings, count, dicts, error, length, objects, one_of, optional_length
from sandbox.wire import Json

TEXT_TYPES = ("plain_text", "mrkdwn")


def text(pointer: str, value: object, most: int, *, plain: bool = False) -> Findings:
    """A text object of 1 to `most` characters; `plain`: only plain_text is allowed."""
    if not isinstance(value, dict):
        yield error(pointer, "must provide an object")
        return
    if value.get("type") not in (("plain_text",) if plain else TEXT_TYPES):
        yield error(f"{pointer}/type", "must be plain_text" if plain else "must be plain_text or mrkdwn")
    if value.get("type") == "mrkdwn" and "emoji" in value:
        yield error(f"{pointer}/emoji", "only for plain_text")
    yield from length(f"{pointer}/text", value.get("text"), most)


def optional_text(pointer: str, value: object, most: int, *, plain: bool = False) -> Findings:
    """A text object, or nothing."""
    if value is not None:
        yield from text(pointer, value, most, plain=plain)


def option(pointer: str, value: Json, *, mrkdwn: bool = False) -> Findings:
    """An option; only in radio buttons and checkboxes its text may be mrkdwn."""
    yield from text(f"{pointer}/text", value.get("text"), limits.OPTION_TEXT, plain=not mrkdwn)
    yield from length(f"{pointer}/value", value.get("value"), limits.OPTION_VALUE)
    yield from optional_text(
        f"{pointer}/description", value.get("description"), limits.OPTION_DESCRIPTION, plain=not mrkdwn
    )
    yield from optional_length(f"{pointer}/url", value.get("url"), limits.URL)


def options(pointer: str, values: object, most: int, *, mrkdwn: bool = False) -> Findings:
    """1 to `most` options with distinct values."""
    yield from count(pointer, values, most)
    yield from objects(pointer, values)
    seen = set()
    for at, one in dicts(values):
        yield from option(f"{pointer}/{at}", one, mrkdwn=mrkdwn)
        if str(one.get("value")) in seen:
            yield error(f"{pointer}/{at}/value", "must be unique among the options")
        seen.add(str(one.get("value")))


def option_groups(pointer: str, groups: object) -> Findings:
    """1 to 100 labelled groups of options."""
    yield from count(pointer, groups, limits.SELECT_GROUPS)
    yield from objects(pointer, groups)
    for at, group in dicts(groups):
        yield from text(f"{pointer}/{at}/label", group.get("label"), limits.GROUP_LABEL, plain=True)
        yield from options(f"{pointer}/{at}/options", group.get("options"), limits.SELECT_OPTIONS)


def confirm(pointer: str, value: object) -> Findings:
    """A confirmation dialog, or nothing."""
    if value is None:
        return
    if not isinstance(value, dict):
        yield error(pointer, "must provide an object")
        return
    yield from text(f"{pointer}/title", value.get("title"), limits.CONFIRM_TITLE, plain=True)
    yield from text(f"{pointer}/text", value.get("text"), limits.CONFIRM_TEXT)
    yield from optional_text(f"{pointer}/confirm", value.get("confirm"), limits.CONFIRM_BUTTON, plain=True)
    yield from optional_text(f"{pointer}/deny", value.get("deny"), limits.CONFIRM_BUTTON, plain=True)
    yield from one_of(f"{pointer}/style", value.get("style"), ("primary", "danger"))
