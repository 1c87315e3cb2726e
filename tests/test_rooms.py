"""The house stands as docs/rooms.md draws it: who may import whom, which library lives where, how large a room is."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "reminders", "storage", "ccm")
"""Each may import those after it, and itself."""
SANDBOX = "sandbox"
FENCED: dict[str, dict[str, tuple[str, ...]]] = {
    "ccm": {
        "dateparser": ("ccm/phrases/odd_days.py",),
        "rapidfuzz": ("ccm/nearmiss.py",),
        "nicknames": ("ccm/nicks.py",),
    },
    "storage": {
        "sqlalchemy": ("storage/*",),
        "alembic": ("storage/migrating.py", "storage/migrations/*"),
        "cryptography": ("storage/sealing.py",),
    },
    "reminders": {
        "apscheduler": ("reminders/housekeeping.py",),
        "structlog": ("reminders/*",),
    },
    "handlers": {
        "slack_bolt": ("handlers/*",),
        "slack_sdk": ("handlers/*",),
        "structlog": ("handlers/*",),
        "sqlalchemy": ("handlers/*",),  # only what LENT names
        "rapidfuzz": ("handlers/verbs.py",),  # the verb nearest to a mistyped one; `ccm.nearmiss` would be its place
    },
    "bot": {
        "click": ("bot/cli/*",),
        "slack_bolt": ("bot/compose.py", "bot/socket.py"),
        "slack_sdk": ("bot/compose.py", "bot/socket.py", "bot/frames.py", "bot/cli/check.py"),
        "structlog": ("bot/*",),
        "yaml": ("bot/manifest.py",),
        "sqlalchemy": ("bot/cli/places.py",),  # only what LENT names
    },
    SANDBOX: {
        "aiohttp": ("sandbox/*",),
        "yaml": ("sandbox/manifest.py",),
    },
}
"""Libraries each room may use, and the files in which; the standard library is free, see STAYS_OUT."""
LENT = {"handlers": {"Connection"}, "bot": {"Connection"}}
"""What of SQLAlchemy leaves `storage`: the type of an open transaction."""
STAYS_OUT: dict[str, set[str]] = {
    "ccm": {"sqlite3", "socket", "http", "urllib", "subprocess", "threading", "asyncio", "os", "time", "pathlib"},
    "storage": {"http", "urllib", "subprocess", "asyncio", "socket"},
    "reminders": {"sqlite3", "http", "urllib", "subprocess", "asyncio", "socket", "os"},
    "handlers": {"sqlite3", "http", "urllib", "subprocess", "asyncio", "socket", "os"},
}
"""Parts of the standard library by which a room would reach past its own."""
EXCEPT = {"handlers/posting.py": {"http", "socket", "urllib"}}
"""The errors that Slack's client lets through are the standard library's."""
MAY_IMPORT_SANDBOX = ("bot/demo.py", "tests/*", "benchmarks/*")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
GENERATED = "storage/migrations/versions/*"
"""Written by Alembic from the schema, table by table."""


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    """Our Python files, as paths from the root."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path.relative_to(ROOT) for path in found if "__pycache__" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every import of a file, those inside functions too; a name is "" for the module itself."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((node.module or "", alias.name) for alias in node.names)


def tops(path: Path) -> set[str]:
    return {module.partition(".")[0] for module, _ in imports(path)}


def is_in(path: Path, patterns: tuple[str, ...]) -> bool:
    """A pattern is a file, or a folder with everything below it: "storage/*"."""
    name = path.as_posix()
    return any(name == each or (each.endswith("/*") and name.startswith(each[:-1])) for each in patterns)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_to_its_right(room: str) -> None:
    allowed = set(ROOMS[ROOMS.index(room) :])

    wrong = {path.as_posix(): tops(path) & set(ROOMS) - allowed for path in sources(room)}

    assert {path: found for path, found in wrong.items() if found} == {}


def test_the_sandbox_imports_none_of_ours() -> None:
    assert [path.as_posix() for path in sources(SANDBOX) if tops(path) & set(ROOMS)] == []


def test_the_sandbox_is_imported_by_the_demo_and_by_tests_alone() -> None:
    users = [path for path in sources(*ROOMS, "tests", "benchmarks") if SANDBOX in tops(path)]

    assert [path.as_posix() for path in users if not is_in(path, MAY_IMPORT_SANDBOX)] == []
    assert Path("bot/demo.py") in users


@pytest.mark.parametrize("room", [*ROOMS, SANDBOX])
def test_a_library_is_used_only_where_it_lives(room: str) -> None:
    ours, wrong = {*ROOMS, SANDBOX}, defaultdict(set)
    for path in sources(room):
        for library in tops(path) - ours - sys.stdlib_module_names:
            if not is_in(path, FENCED[room].get(library, ())):
                wrong[library].add(path.as_posix())

    assert wrong == {}


@pytest.mark.parametrize("room", [*ROOMS, SANDBOX])
def test_a_fence_stands_around_something(room: str) -> None:
    """A library that is gone, or a file that was renamed, leaves no fence behind."""
    used = {library: [path for path in sources(room) if library in tops(path)] for library in FENCED[room]}

    idle = [
        (library, pattern)
        for library, patterns in FENCED[room].items()
        for pattern in patterns
        if not any(is_in(path, (pattern,)) for path in used[library])
    ]
    assert idle == []


@pytest.mark.parametrize("room", STAYS_OUT)
def test_no_room_reaches_past_its_own_by_the_standard_library(room: str) -> None:
    wrong = {path.as_posix(): tops(path) & STAYS_OUT[room] for path in sources(room)}

    assert {path: found for path, found in wrong.items() if found - EXCEPT.get(path, set())} == {}


@pytest.mark.parametrize("room", LENT)
def test_only_what_is_lent_leaves_the_database_room(room: str) -> None:
    taken = {
        name or module
        for path in sources(room)
        for module, name in imports(path)
        if module.partition(".")[0] == "sqlalchemy"
    }

    assert taken <= LENT[room]


def test_only_the_ledger_writes_time() -> None:
    """Nobody else names the table in a statement that writes."""
    writes = re.compile(r"(?:insert|update|delete)(?:_of)?\(\s*time_entry\b|INTO time_entry|UPDATE time_entry")

    writers = [path.as_posix() for path in sources(*ROOMS) if writes.search((ROOT / path).read_text())]

    assert writers == ["storage/ledger_rows.py"]


def test_storage_never_ends_a_transaction_but_where_it_opens_them() -> None:
    ends = re.compile(r"\.(?:commit|rollback)\(")

    enders = [path.as_posix() for path in sources("storage") if ends.search((ROOT / path).read_text())]

    assert [path for path in enders if path not in ("storage/database.py", "storage/grouping.py")] == []


def test_nothing_runs_when_a_module_is_imported() -> None:
    """Assembled in one function: no module opens, reads or connects by being imported."""
    opens = {"open_database", "load_keyring", "create_engine", "open", "connect", "basicConfig", "getenv"}
    wrong = [
        f"{path}:{call.lineno}"
        for path in sources(*ROOMS, SANDBOX)
        for statement in tree(path).body
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in opens
    ]

    assert wrong == []


@pytest.mark.parametrize("path", sources(*ROOMS, SANDBOX, "tests", "benchmarks"), ids=Path.as_posix)
def test_a_file_and_its_functions_stay_readable(path: Path) -> None:
    if is_in(path, (GENERATED,)):
        return
    lines = len((ROOT / path).read_text().splitlines())
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.end_lineno is not None and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert (lines <= LONGEST_FILE or lines, long) == (True, [])


@pytest.mark.parametrize("room", [*ROOMS, SANDBOX])
def test_every_module_says_what_it_is_for(room: str) -> None:
    silent = [path.as_posix() for path in sources(room) if (ROOT / path).read_text().strip() and not _says(path)]

    assert silent == []


def _says(path: Path) -> bool:
    return bool(ast.get_docstring(tree(path)))
