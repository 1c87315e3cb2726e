"""The payload linter: what Slack would refuse in a message or view, with JSON pointers.

Numbers stand in `limits`; rules in `blocks`, `elements`, `composition` and `tables`.
"""

from collections import Counter

from sandbox.anatomy import parts
from sandbox.linter import composition, limits
from sandbox.linter.blocks import Surface, each
from sandbox.linter.findings import Finding, Findings, count, dicts, error, optional_length, warning
from sandbox.wire import Json

__all__ = ["Finding", "lint_blocks", "lint_message", "lint_suggestions", "lint_view"]
ONCE = {"table": 1, "data_visualization": limits.CHARTS_PER_MESSAGE}


def lint_message(message: Json) -> list[Finding]:
    """Everything wrong with a message: its blocks, and top-level `text` where it is missing or too long."""
    return list(_message(message))


def lint_view(view: Json) -> list[Finding]:
    """Everything wrong with a modal or Home."""
    return list(_view(view))


def lint_blocks(blocks: object, surface: Surface) -> list[Finding]:
    """Everything wrong with the blocks of a surface."""
    return list(_blocks(blocks, surface))


def lint_suggestions(answer: Json) -> list[Finding]:
    """Everything wrong with the ack of a block_suggestion: up to 100 options, or groups; none is fine."""
    if "option_groups" in answer:
        groups = answer["option_groups"]
        return list(composition.option_groups("/option_groups", groups)) if groups else []
    options = answer.get("options")
    return [] if options == [] else list(composition.options("/options", options, limits.SELECT_OPTIONS))


def _message(message: Json) -> Findings:
    text, blocks = message.get("text"), message.get("blocks")
    if blocks and not text:
        yield warning("/text", "missing: notifications and screen readers read top-level text")
    if isinstance(text, str) and len(text) > limits.TEXT_ADVISED:
        yield warning("/text", f"more than {limits.TEXT_ADVISED} characters")
    if blocks:
        yield from _blocks(blocks, "message")


def _view(view: Json) -> Findings:
    surface: Surface = "home" if view.get("type") == "home" else "modal"
    if surface == "modal":
        yield from composition.text("/title", view.get("title"), limits.VIEW_TITLE, plain=True)
        for key in ("submit", "close"):
            yield from composition.optional_text(f"/{key}", view.get(key), limits.VIEW_TITLE, plain=True)
        has_input = any(one.get("type") == "input" for _, one in dicts(view.get("blocks")))
        if has_input and not view.get("submit"):
            yield error("/submit", "submit is required when an input block is within blocks")
    yield from optional_length("/private_metadata", view.get("private_metadata"), limits.PRIVATE_METADATA)
    yield from optional_length("/callback_id", view.get("callback_id"), limits.ID)
    yield from optional_length("/external_id", view.get("external_id"), limits.ID)
    yield from _blocks(view.get("blocks"), surface)


def _blocks(blocks: object, surface: Surface) -> Findings:
    most = limits.MESSAGE_BLOCKS if surface == "message" else limits.VIEW_BLOCKS
    yield from count("/blocks", blocks, most, least=0 if surface == "home" else 1)
    if not isinstance(blocks, list):
        return
    broken = False
    for index, block in enumerate(blocks):
        for finding in each(f"/blocks/{index}", block, surface):
            broken = broken or finding.severity == "error"
            yield finding
    if not broken:
        yield from _unique_ids(blocks)
        yield from _totals(blocks)


def _unique_ids(blocks: list[Json]) -> Findings:
    seen = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for block_id, times in seen.items():
        if times > 1:
            yield error("/blocks", f"block_id must be unique: {block_id}")
    for index, block in enumerate(blocks):
        ids = Counter(part.element.get("action_id") for part in parts([block]))
        for action_id, times in ids.items():
            if action_id and times > 1:
                yield error(f"/blocks/{index}", f"action_id must be unique within a block: {action_id}")


def _totals(blocks: list[Json]) -> Findings:
    kinds = Counter(block.get("type") for block in blocks)
    for kind, most in ONCE.items():
        if kinds[kind] > most:
            yield error("/blocks", f"no more than {most} {kind} allowed")
    written = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if written > limits.MARKDOWN_PER_MESSAGE:
        yield error("/blocks", f"markdown in all must be less than {limits.MARKDOWN_PER_MESSAGE + 1} characters")
