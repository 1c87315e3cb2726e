"""Where things are in Block Kit: the interactive elements of blocks, and the state each kind of element keeps."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.ids import Ids
from sandbox.wire import Json

# What `state.values` holds per element type: its key and what an untouched element shows there.
STATE: dict[str, tuple[str, object]] = {
    "plain_text_input": ("value", None),
    "number_input": ("value", None),
    "email_text_input": ("value", None),
    "url_text_input": ("value", None),
    "static_select": ("selected_option", None),
    "external_select": ("selected_option", None),
    "radio_buttons": ("selected_option", None),
    "multi_static_select": ("selected_options", []),
    "multi_external_select": ("selected_options", []),
    "checkboxes": ("selected_options", []),
    "datepicker": ("selected_date", None),
    "timepicker": ("selected_time", None),
    "datetimepicker": ("selected_date_time", None),
    "users_select": ("selected_user", None),
    "multi_users_select": ("selected_users", []),
    "channels_select": ("selected_channel", None),
    "multi_channels_select": ("selected_channels", []),
    "conversations_select": ("selected_conversation", None),
    "multi_conversations_select": ("selected_conversations", []),
    "rich_text_input": ("rich_text_value", None),
    "file_input": ("files", []),
}
CHILDREN = {
    "actions": ("elements",),
    "context_actions": ("elements",),
    "section": ("accessory",),
    "input": ("element",),
    "card": ("actions",),
    "carousel": ("elements",),
    "container": ("child_blocks",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An interactive element and the block it stands in."""

    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        """Its place in `state.values`: block id and action id."""
        return self.block["block_id"], self.element.get("action_id", "")


def parts(blocks: list[Json]) -> Iterator[Part]:
    """Every interactive element in reading order, those in cards, carousels and containers included."""
    for block in blocks:
        for key in CHILDREN.get(block.get("type", ""), ()):
            child = block.get(key)
            for element in child if isinstance(child, list) else [child] if child else []:
                if element.get("type") in CHILDREN:
                    yield from parts([element])
                elif element.get("type"):
                    yield Part(block=block, element=element)


def part_at(blocks: list[Json], block_id: str, action_id: str) -> Part | None:
    """The element of that block and action id."""
    return next((part for part in parts(blocks) if part.key == (block_id, action_id)), None)


def with_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """Copies of the blocks in which missing block and action ids are filled in, as Slack does on acceptance."""
    filled = [block | {"block_id": block.get("block_id") or ids.short()} for block in blocks]
    for block in filled:
        for key in CHILDREN.get(block["type"], ()):
            if child := block.get(key):
                block[key] = [_named(one, ids) for one in child] if isinstance(child, list) else _named(child, ids)
    return filled


def _named(element: Json, ids: Ids) -> Json:
    if element.get("type") in CHILDREN:
        return with_ids([element], ids)[0]
    interactive = element.get("type") in STATE or element.get("type") in ("button", "overflow", "icon_button")
    return element | {"action_id": element.get("action_id") or ids.short()} if interactive else element


def state_value(element: Json, value: object) -> Json:
    """The state object of an element that holds `value` (a string, an option, a list, as its kind needs)."""
    kind = element["type"]
    key, empty = STATE[kind]
    held: Json = {"type": kind, key: empty if value is None else value}
    return held


def initial_state(blocks: list[Json]) -> Json:
    """`state.values` before anyone touched anything: initial values, else null or an empty list."""
    values: Json = {}
    for part in parts(blocks):
        if (kind := part.element["type"]) in STATE:
            initial = part.element.get(_initial_key(kind))
            block_id, action_id = part.key
            values.setdefault(block_id, {})[action_id] = state_value(part.element, initial)
    return values


def carried_state(blocks: list[Json], old: Json) -> Json:
    """`state.values` after an update: what stood under the same block id, action id and type is kept."""
    values = initial_state(blocks)
    for block_id, actions in values.items():
        for action_id, fresh in actions.items():
            kept = old.get(block_id, {}).get(action_id)
            if kept and kept["type"] == fresh["type"]:
                actions[action_id] = kept
    return values


def is_untouched(state: Json) -> bool:
    """Whether a state object holds nothing."""
    key, empty = STATE[state["type"]]
    return state.get(key) in (None, "", empty)


def _initial_key(kind: str) -> str:
    key = STATE[kind][0]
    if kind == "rich_text_input":
        return "initial_value"
    return "initial_value" if key == "value" else key.replace("selected", "initial")
