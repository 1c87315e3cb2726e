"""Whatever JSON comes: the linter answers, and what it accepts can be kept and read."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.anatomy import initial_state, parts, with_ids
from sandbox.ids import Ids
from sandbox.linter import lint_message, lint_suggestions, lint_view
from sandbox.linter.blocks import BLOCKS
from sandbox.linter.elements import ELEMENTS
from sandbox.reading import block_text

SCALARS = st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=8) | st.sampled_from(["a", "primary"])
TYPES = st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "raw_text", "rich_text_section", "pie", "bar", ""])
KEYS = ("text", "elements", "element", "accessory", "options", "option_groups", "label", "value", "action_id", "rows")
KEYS += ("block_id", "fields", "confirm", "chart", "segments", "series", "title", "placeholder", "initial_option")
KEYS += ("initial_options", "child_blocks", "actions", "column_settings", "axis_config", "data", "description", "name")


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    typed = st.builds(lambda kind, rest: {"type": kind, **rest}, TYPES, st.dictionaries(st.sampled_from(KEYS), inner))
    return st.lists(inner, max_size=3) | typed


ANYTHING = st.recursive(SCALARS, objects, max_leaves=12)


# The bot of the other tests runs beside; slack_sdk's threads use the `random` module.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")


@settings(max_examples=150, deadline=None)
@given(st.lists(ANYTHING, max_size=4) | ANYTHING)
def test_any_blocks_are_judged_and_accepted_ones_can_be_shown(blocks: Any) -> None:
    findings = lint_message({"text": "t", "blocks": blocks})

    if blocks and not any(finding.severity == "error" for finding in findings):
        kept = with_ids(blocks, Ids())
        block_text(kept)
        initial_state(kept)
        assert all(part.key[0] for part in parts(kept))


@settings(max_examples=80, deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_view_and_suggestions_are_judged(title: Any, blocks: Any, options: Any) -> None:
    for kind in ("modal", "home"):
        lint_view({"type": kind, "title": title, "blocks": blocks, "submit": title, "private_metadata": options})
    lint_suggestions({"options": options})
    lint_suggestions({"option_groups": options})
