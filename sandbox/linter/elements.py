"""Rules for interactive elements, and where each kind may stand."""

import re
from collections.abc import Callable

from sandbox.linter import composition, limits
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
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
CLOCK = re.compile(r"\d{2}:\d{2}")


def button(at: str, element: Json) -> Findings:
    """A button."""
    yield from composition.text(f"{at}/text", element.get("text"), limits.BUTTON_TEXT, plain=True)
    yield from optional_length(f"{at}/value", element.get("value"), limits.BUTTON_VALUE)
    yield from optional_length(f"{at}/url", element.get("url"), limits.URL)
    yield from optional_length(
        f"{at}/accessibility_label", element.get("accessibility_label"), limits.ACCESSIBILITY_LABEL
    )
    yield from optional_length(f"{at}/agent_prompt", element.get("agent_prompt"), limits.AGENT_PROMPT)
    yield from one_of(f"{at}/style", element.get("style"), ("primary", "danger"))


def static_select(at: str, element: Json) -> Findings:
    """A select from given options: options or groups, never both, never none."""
    if "option_groups" in element:
        yield from composition.option_groups(f"{at}/option_groups", element["option_groups"])
        if "options" in element:
            yield error(f"{at}/options", "only one of options and option_groups allowed")
    else:
        yield from composition.options(f"{at}/options", element.get("options"), limits.SELECT_OPTIONS)
    yield from _initial_options(at, element)


def external_select(at: str, element: Json) -> Findings:
    """A select whose options the app suggests while one types."""
    if "options" in element:
        yield error(f"{at}/options", "not allowed in an external select")
    least = element.get("min_query_length")
    if least is not None and (not isinstance(least, int) or least < 0):
        yield error(f"{at}/min_query_length", "must be a whole number of at least 0")
    if "initial_option" in element:
        initial = element["initial_option"]
        yield from objects(f"{at}/initial_option", [initial])
        yield from (finding for _, one in dicts([initial]) for finding in composition.option(at, one))


def few_options(at: str, element: Json) -> Findings:
    """Radio buttons or checkboxes."""
    yield from composition.options(f"{at}/options", element.get("options"), limits.FEW_OPTIONS, mrkdwn=True)
    yield from _initial_options(at, element)


def overflow(at: str, element: Json) -> Findings:
    """An overflow menu."""
    yield from composition.options(f"{at}/options", element.get("options"), limits.OVERFLOW_OPTIONS)


def plain_text_input(at: str, element: Json) -> Findings:
    """A text field."""
    for key in ("min_length", "max_length"):
        number = element.get(key)
        if number is not None and not (isinstance(number, int) and 0 <= number <= limits.INPUT_MAX_LENGTH):
            yield error(f"{at}/{key}", f"must be a whole number up to {limits.INPUT_MAX_LENGTH}")
    if element.get("max_length") == 0:
        yield error(f"{at}/max_length", "must be more than 0")
    yield from optional_length(f"{at}/initial_value", element.get("initial_value"), limits.INPUT_MAX_LENGTH)


def number_input(at: str, element: Json) -> Findings:
    """A number field; its bounds and initial value are strings."""
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield error(f"{at}/is_decimal_allowed", "must be a boolean")
    for key in ("initial_value", "min_value", "max_value"):
        if key in element and not isinstance(element[key], str):
            yield error(f"{at}/{key}", "must be a string")


def datepicker(at: str, element: Json) -> Findings:
    """A date field."""
    if "initial_date" in element and not DATE.fullmatch(str(element["initial_date"])):
        yield error(f"{at}/initial_date", "must be in the format YYYY-MM-DD")


def timepicker(at: str, element: Json) -> Findings:
    """A time field."""
    if "initial_time" in element and not CLOCK.fullmatch(str(element["initial_time"])):
        yield error(f"{at}/initial_time", "must be in the format HH:mm")


def file_input(at: str, element: Json) -> Findings:
    """A file field."""
    most = element.get("max_files", 1)
    if not isinstance(most, int) or not 1 <= most <= limits.FILES:
        yield error(f"{at}/max_files", f"must be between 1 and {limits.FILES}")


def image(at: str, element: Json) -> Findings:
    """An image element."""
    if "slack_file" not in element:
        yield from length(f"{at}/image_url", element.get("image_url"), limits.URL)
    yield from length(f"{at}/alt_text", element.get("alt_text"), limits.ALT_TEXT)


def feedback_buttons(at: str, element: Json) -> Findings:
    """A pair of feedback buttons."""
    for key in ("positive_button", "negative_button"):
        if not isinstance(element.get(key), dict):
            yield error(f"{at}/{key}", "missing required field")


def icon_button(at: str, element: Json) -> Findings:
    """An icon with a text for those who cannot see it."""
    yield from composition.text(f"{at}/text", element.get("text"), limits.BUTTON_TEXT, plain=True)
    yield from one_of(f"{at}/icon", element.get("icon"), ("trash",))


def anything(_at: str, _element: Json) -> Findings:
    """An element with no rule of its own."""
    yield from ()


def _initial_options(at: str, element: Json) -> Findings:
    offered = [*items(element.get("options"))]
    for _, group in dicts(element.get("option_groups")):
        offered += items(group.get("options"))
    values = [one.get("value") for one in offered if isinstance(one, dict)]
    initial = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else None)
    if initial is not None:
        key = "initial_options" if "initial_options" in element else "initial_option"
        yield from count(f"{at}/{key}", initial, limits.SELECT_OPTIONS)
        if any(not isinstance(one, dict) or one.get("value") not in values for one in items(initial)):
            yield error(f"{at}/{key}", "must be among the options")


ELEMENTS: dict[str, Rule] = {
    "button": button,
    "overflow": overflow,
    "static_select": static_select,
    "multi_static_select": static_select,
    "external_select": external_select,
    "multi_external_select": external_select,
    "radio_buttons": few_options,
    "checkboxes": few_options,
    "plain_text_input": plain_text_input,
    "number_input": number_input,
    "datepicker": datepicker,
    "timepicker": timepicker,
    "file_input": file_input,
    "image": image,
    "feedback_buttons": feedback_buttons,
    "icon_button": icon_button,
    **dict.fromkeys(("users_select", "multi_users_select", "channels_select", "multi_channels_select"), anything),
    **dict.fromkeys(("conversations_select", "multi_conversations_select", "datetimepicker"), anything),
    **dict.fromkeys(("email_text_input", "url_text_input", "rich_text_input", "workflow_button"), anything),
}
TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input")
CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
IN_INPUT = tuple(kind for kind in ELEMENTS if kind not in ("button", "overflow", "image", *CONTEXT_ACTIONS))
IN_ACTIONS = tuple(kind for kind in ELEMENTS if kind not in (*TYPED, "image", *CONTEXT_ACTIONS))
IN_SECTION = (*IN_ACTIONS, "image")


def element(at: str, value: object, allowed: tuple[str, ...]) -> Findings:
    """An element of a kind that may stand here; interactive ones have an action id."""
    if not isinstance(value, dict):
        yield error(at, "must provide an object")
        return
    kind = value.get("type", "")
    if not isinstance(kind, str) or kind not in allowed:
        yield error(f"{at}/type", f"unsupported element here: {kind or 'none'}")
        return
    if kind != "image" and not value.get("action_id"):
        yield warning(f"{at}/action_id", "missing: Slack makes one up that no listener knows")
    yield from optional_length(f"{at}/action_id", value.get("action_id"), limits.ID)
    yield from composition.optional_text(f"{at}/placeholder", value.get("placeholder"), limits.PLACEHOLDER, plain=True)
    yield from composition.confirm(f"{at}/confirm", value.get("confirm"))
    yield from ELEMENTS[kind](at, value)
