"""Rules for blocks, and the surfaces each kind may stand on."""

from collections.abc import Callable
from typing import Literal

from sandbox.linter import composition, elements, limits, tables
from sandbox.linter.findings import (
    Findings,
    count,
    dicts,
    error,
    items,
    length,
    objects,
    one_of,
    optional_length,
    warning,
)
from sandbox.wire import Json

Rule = Callable[[str, Json], Findings]
Surface = Literal["message", "modal", "home"]


def section(at: str, block: Json) -> Findings:
    """Text or fields, and perhaps one element beside them."""
    if not block.get("text") and not block.get("fields"):
        yield error(at, "must define either text or fields")
    yield from composition.optional_text(f"{at}/text", block.get("text"), limits.SECTION_TEXT)
    if "fields" in block:
        yield from count(f"{at}/fields", block["fields"], limits.SECTION_FIELDS)
        yield from objects(f"{at}/fields", block["fields"])
        for index, field in dicts(block["fields"]):
            yield from composition.text(f"{at}/fields/{index}", field, limits.SECTION_FIELD)
    if "accessory" in block:
        yield from elements.element(f"{at}/accessory", block["accessory"], elements.IN_SECTION)


def header(at: str, block: Json) -> Findings:
    """A heading."""
    yield from composition.text(f"{at}/text", block.get("text"), limits.HEADER, plain=True)


def context(at: str, block: Json) -> Findings:
    """Small texts and images."""
    yield from count(f"{at}/elements", block.get("elements"), limits.CONTEXT_ELEMENTS)
    yield from objects(f"{at}/elements", block.get("elements"))
    for index, one in dicts(block.get("elements")):
        here = f"{at}/elements/{index}"
        if one.get("type") == "image":
            yield from elements.image(here, one)
        else:
            yield from composition.text(here, one, limits.CONTEXT_TEXT)


def actions(at: str, block: Json) -> Findings:
    """A row of elements."""
    yield from count(f"{at}/elements", block.get("elements"), limits.ACTIONS_ELEMENTS)
    for index, one in enumerate(items(block.get("elements"))):
        yield from elements.element(f"{at}/elements/{index}", one, elements.IN_ACTIONS)


def context_actions(at: str, block: Json) -> Findings:
    """Feedback and icon buttons."""
    yield from count(f"{at}/elements", block.get("elements"), limits.CONTEXT_ACTIONS)
    for index, one in enumerate(items(block.get("elements"))):
        yield from elements.element(f"{at}/elements/{index}", one, elements.CONTEXT_ACTIONS)


def input_block(at: str, block: Json) -> Findings:
    """A labelled field."""
    yield from composition.text(f"{at}/label", block.get("label"), limits.INPUT_LABEL, plain=True)
    yield from composition.optional_text(f"{at}/hint", block.get("hint"), limits.INPUT_HINT, plain=True)
    yield from elements.element(f"{at}/element", block.get("element"), elements.IN_INPUT)


def image(at: str, block: Json) -> Findings:
    """A picture."""
    yield from elements.image(at, block)
    yield from composition.optional_text(f"{at}/title", block.get("title"), limits.IMAGE_TITLE, plain=True)


def video(at: str, block: Json) -> Findings:
    """An embedded video."""
    yield from composition.text(f"{at}/title", block.get("title"), limits.VIDEO_TITLE, plain=True)
    for key in ("video_url", "thumbnail_url"):
        yield from length(f"{at}/{key}", block.get(key), limits.URL)
    yield from length(f"{at}/alt_text", block.get("alt_text"), limits.ALT_TEXT)


def markdown(at: str, block: Json) -> Findings:
    """Standard Markdown."""
    yield from length(f"{at}/text", block.get("text"), limits.MARKDOWN_PER_MESSAGE)


def rich_text(at: str, block: Json) -> Findings:
    """Formatted text."""
    kinds = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
    yield from count(f"{at}/elements", block.get("elements"), limits.RICH_TEXT_ELEMENTS)
    yield from objects(f"{at}/elements", block.get("elements"))
    for index, one in dicts(block.get("elements")):
        yield from one_of(f"{at}/elements/{index}/type", one.get("type", "none"), kinds)
        yield from count(f"{at}/elements/{index}/elements", one.get("elements"), limits.RICH_TEXT_ELEMENTS, least=0)
        yield from objects(f"{at}/elements/{index}/elements", one.get("elements"))


def alert(at: str, block: Json) -> Findings:
    """A notice in a modal."""
    yield from composition.text(f"{at}/text", block.get("text"), limits.ALERT_TEXT)
    yield from one_of(f"{at}/level", block.get("level"), ("default", "info", "warning", "error", "success"))


def card(at: str, block: Json) -> Findings:
    """A card."""
    yield from composition.optional_text(f"{at}/title", block.get("title"), limits.CARD_TITLE)
    yield from composition.optional_text(f"{at}/subtitle", block.get("subtitle"), limits.CARD_TITLE)
    yield from composition.optional_text(f"{at}/body", block.get("body"), limits.CARD_BODY)
    yield from count(f"{at}/actions", block.get("actions", []), limits.CARD_ACTIONS, least=0)
    for index, one in enumerate(items(block.get("actions"))):
        yield from elements.element(f"{at}/actions/{index}", one, elements.IN_ACTIONS)


def carousel(at: str, block: Json) -> Findings:
    """Cards side by side."""
    yield from count(f"{at}/elements", block.get("elements"), limits.CAROUSEL_CARDS)
    yield from objects(f"{at}/elements", block.get("elements"))
    for index, one in dicts(block.get("elements")):
        yield from one_of(f"{at}/elements/{index}/type", one.get("type", "none"), ("card",))
        yield from card(f"{at}/elements/{index}", one)


def container(at: str, block: Json) -> Findings:
    """A box around blocks, with a title; a container holds no container."""
    if "title" not in block and "rich_text_title" not in block:
        yield error(at, "must define either title or rich_text_title")
    yield from composition.optional_text(f"{at}/title", block.get("title"), limits.CONTAINER_TITLE)
    yield from composition.optional_text(f"{at}/subtitle", block.get("subtitle"), limits.CONTAINER_TITLE)
    yield from one_of(f"{at}/width", block.get("width"), ("narrow", "standard", "wide", "full"))
    children = block.get("child_blocks")
    yield from count(f"{at}/child_blocks", children, limits.CONTAINER_BLOCKS)
    yield from objects(f"{at}/child_blocks", children)
    for index, one in dicts(children):
        if one.get("type") == "container":
            yield error(f"{at}/child_blocks/{index}/type", "a container must not hold a container")
        else:
            yield from each(f"{at}/child_blocks/{index}", one, "message")


def task_card(at: str, block: Json) -> Findings:
    """A step of an agent's plan."""
    states = ("pending", "in_progress", "complete", "error")
    yield from one_of(f"{at}/status", block.get("status"), states)


def nothing(_at: str, _block: Json) -> Findings:
    """A block with no rule of its own."""
    yield from ()


BLOCKS: dict[str, Rule] = {
    "section": section,
    "header": header,
    "context": context,
    "actions": actions,
    "context_actions": context_actions,
    "input": input_block,
    "divider": nothing,
    "image": image,
    "video": video,
    "file": nothing,
    "call": nothing,
    "markdown": markdown,
    "rich_text": rich_text,
    "table": tables.table,
    "data_table": tables.data_table,
    "data_visualization": tables.chart,
    "alert": alert,
    "card": card,
    "carousel": carousel,
    "container": container,
    "task_card": task_card,
    "plan": nothing,
}
NOT_ON: dict[str, tuple[Surface, ...]] = {
    "alert": ("message", "home"),
    "carousel": ("modal",),
    **dict.fromkeys(("table", "container", "context_actions", "task_card", "plan", "file", "call"), ("modal", "home")),
    "markdown": ("modal", "home"),
}
# Where these two may stand is not documented for views.
DOUBTFUL_IN_VIEWS = ("data_table", "data_visualization")


def each(at: str, block: object, surface: Surface) -> Findings:
    """One block on a surface."""
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(block, dict) or not isinstance(kind, str) or kind not in BLOCKS:
        yield error(f"{at}/type", f"unsupported block: {kind}")
        return
    if surface in NOT_ON.get(kind, ()):
        yield error(f"{at}/type", f"{kind} is not allowed on a {surface}")
    if surface != "message" and kind in DOUBTFUL_IN_VIEWS:
        yield warning(f"{at}/type", f"{kind} is documented for messages only")
    yield from optional_length(f"{at}/block_id", block.get("block_id"), limits.ID)
    yield from BLOCKS[kind](at, block)
