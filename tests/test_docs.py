"""What the documents promise: each verb, command, setting, scope and table stands there, and what they name exists."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import Field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import pytest

from bot.cli import COMMANDS
from bot.cli.check import manifest
from bot.cli.staff import TITLES
from bot.roster_csv import ALIASES, DROPPED, read_roster
from bot.settings import Settings
from ccm import phrases
from ccm.readings import Intent, Reading
from ccm.records import Role
from ccm.roster import Roster, RosterPatient
from handlers import EVENTS, SHORTCUTS
from handlers.verbs import ALIASES as VERB_ALIASES
from handlers.verbs import VERBS
from storage.schema import metadata

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=ZoneInfo("America/Chicago"))
NAMED = re.compile(r"`((?:bot|handlers|reminders|storage|ccm|sandbox|tests)/[\w/]+\.py)(?::([\w.]+))?`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


COMMANDS_PAGE, OPERATIONS, SLACK_APP, HOUSE = (
    page(f"docs/{name}.md") for name in ("commands", "operations", "slack-app", "rooms")
)


# -- each thing stands in its page


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_stands_with_usage_example_and_meaning(name: str) -> None:
    verb = VERBS[name]

    assert f"| `/ccm {verb.usage}` | `{verb.example}` | {verb.does.rstrip('.')} |" in COMMANDS_PAGE


@pytest.mark.parametrize("word", VERB_ALIASES)
def test_each_other_word_for_a_verb_stands(word: str) -> None:
    assert f"`{word}`" in COMMANDS_PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_stands_with_its_subcommands_and_options(name: str) -> None:
    command = importlib.import_module(COMMANDS[name]).command
    row = next(line for line in COMMANDS_PAGE.splitlines() if line.startswith(f"| `ccm-bot {name}` |"))

    if isinstance(command, click.Group):
        assert [sub for sub in command.commands if f"`{sub}" not in row] == []
    assert [option for option in _options(command) if f"`{option}" not in COMMANDS_PAGE] == []


def _options(command: click.Command) -> Iterator[str]:
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    for each in (command, *inner):
        yield from (param.opts[0] for param in each.params if isinstance(param, click.Option))


@pytest.mark.parametrize("word", [*TITLES, *(role.value for role in Role)])
def test_each_credential_and_role_stands(word: str) -> None:
    assert f"`{word}`" in COMMANDS_PAGE


@pytest.mark.parametrize("field", ALIASES)
def test_each_header_of_a_roster_stands_in_the_order_it_is_looked_for(field: str) -> None:
    assert f"| {' · '.join(ALIASES[field])} |" in COMMANDS_PAGE


def test_the_headers_never_read_stand() -> None:
    plain = " ".join(COMMANDS_PAGE.split())

    assert [name for name in DROPPED if name not in plain] == []


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda field: field.metadata["key"])
def test_each_setting_stands_with_its_default(setting: Field[Any]) -> None:
    key, default = setting.metadata["key"], setting.default
    shown = "none" if default is None else f"`{default:g}`" if isinstance(default, float) else f"`{default}`"

    assert f"| `{key}` | {shown} |" in OPERATIONS


@pytest.mark.parametrize("scope", manifest()["oauth_config"]["scopes"]["bot"])
def test_each_scope_stands_with_its_reason(scope: str) -> None:
    assert f"| `{scope}` | " in SLACK_APP


def test_each_event_and_shortcut_of_the_manifest_is_taken_and_stands() -> None:
    asked = manifest()
    events = asked["settings"]["event_subscriptions"]["bot_events"]
    shortcuts = [each["callback_id"] for each in asked["features"]["shortcuts"]]

    assert [event for event in events if f"| `{event}` |" not in SLACK_APP] == []
    assert [shortcut for shortcut in shortcuts if f"`{shortcut}`" not in SLACK_APP] == []
    assert {event.partition(".")[0] for event in events} == set(EVENTS)
    assert set(shortcuts) == set(SHORTCUTS)


@pytest.mark.parametrize("table", metadata.tables)
def test_each_table_stands(table: str) -> None:
    assert f"| `{table}` | " in HOUSE


# -- what they name exists


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_functions_named_there_exist(document: Path) -> None:
    named = set(NAMED.findall(document.read_text(encoding="utf-8")))

    assert [(file, name) for file, name in sorted(named) if not _is_there(ROOT / file, name)] == []


def _is_there(file: Path, name: str) -> bool:
    return file.is_file() and (not name or name in set(_names(ast.parse(file.read_text(encoding="utf-8")))))


def _names(tree: ast.Module | ast.ClassDef, within: str = "") -> Iterator[str]:
    """Functions, classes, methods and constants: "log", "Gate.demand_person", "VERBS"."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield within + node.name
            yield from _names(node, f"{within}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield within + node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield within + node.target.id
        elif isinstance(node, ast.Assign):
            yield from (within + each.id for each in node.targets if isinstance(each, ast.Name))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))

    assert [link for link in links if not _leads(document, *link)] == []


def _leads(document: Path, target: str, anchor: str) -> bool:
    file = (document.parent / target).resolve() if target else document
    return file.is_file() and (not anchor or anchor in _anchors(file.read_text(encoding="utf-8")))


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# -- the sentences do what is said of them


def cells(heading: str) -> list[tuple[str, str]]:
    """The rows of the table under a heading of the commands page: what is said, and what stands beside it."""
    under = COMMANDS_PAGE.split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    return [(said, beside.strip("| ")) for said, beside in re.findall(r"^\| `([^`]+)` \|(.*)$", under, re.MULTILINE)]


@pytest.fixture(scope="module")
def roster() -> Roster:
    people = read_roster(ROOT / "bot" / "demo_practice" / "patients.csv").people
    codes = {"Raman": "P-7K4QX"}
    return Roster.of(
        RosterPatient(
            id=f"{each.last}, {each.first}", code=codes.get(each.last, f"P-{number:05}"), mrn=each.mrn,
            first=each.first, last=each.last, preferred=each.preferred, suffix=each.suffix, born=each.born,
        )
        for number, each in enumerate(people)
    )  # fmt: skip


def read(roster: Roster, said: str) -> Reading:
    return phrases.understand(said, roster=roster, now=WEDNESDAY)


@pytest.mark.parametrize(("said", "saved"), cells("Saved at once"))
def test_these_are_saved_at_once(roster: Roster, said: str, saved: str) -> None:
    reading = read(roster, said)

    assert (reading.intent, reading.ask) == (Intent.LOG, None)
    assert len(reading.entries) == (2 if saved.startswith("two entries") else 1)
    if stated := re.match(r"(\d+) minutes", saved):
        assert [entry.minutes for entry in reading.entries] == [int(stated[1])]
    if "November 12" in saved:
        assert reading.entries[0].day == date(2026, 11, 12)


@pytest.mark.parametrize(("said", "asked"), cells("Asked back"))
def test_these_are_asked_back(roster: Roster, said: str, asked: str) -> None:
    reading = read(roster, said)

    assert asked
    assert reading.intent is Intent.LOG
    assert reading.ask is not None
    assert reading.entries == ()


@pytest.mark.parametrize("said", [said for said, _ in cells("Left alone")])
def test_these_are_left_alone(roster: Roster, said: str) -> None:
    assert read(roster, said).intent is Intent.NONE


MEANT = {
    "undo": Intent.UNDO,
    "edit": Intent.AMEND,
    "today": Intent.MY_DAY,
    "patient": Intent.STATUS,
    "help": Intent.HELP,
}


@pytest.mark.parametrize(("said", "does"), cells("Other things to say"))
def test_these_mean_the_verb_beside_them(roster: Roster, said: str, does: str) -> None:
    reading = read(roster, said)

    assert (reading.intent, reading.ask) == (MEANT[does.partition(":")[0]], None)
