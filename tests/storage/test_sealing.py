"""Sealed words open with the right key in the right row alone, and nothing readable lies on the disk."""

from __future__ import annotations

import base64
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ccm.errors import BadSetting
from storage import cells, drafts
from storage.patients import Person
from storage.sealing import Keyring, Sealed, Unsealable, create_key_file, load_keyring
from tests.storage.office import Office

PLACE = {"practice_id": "riverside", "kind": "words", "row_id": "row1"}
KEY = base64.b64encode(bytes(32)).decode()
OTHER_KEY = base64.b64encode(bytes(31) + b"\1").decode()


@pytest.fixture
def other_keyring(tmp_path: Path) -> Keyring:
    create_key_file(tmp_path / "other.key")
    return load_keyring(tmp_path / "other.key")


def write(path: Path, *lines: str, mode: int = 0o600) -> Path:
    path.write_text("\n".join(lines))
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    "said",
    ["", "12m med rec López", "😀" * 1000, "half an emoji \ud83d", "nul \0 byte"],
    ids=["nothing", "accents", "emoji", "half an emoji", "nul"],
)
def test_what_is_sealed_opens_again(keyring: Keyring, said: str) -> None:
    """Half an emoji, as a client may cut one, kept the whole message from being saved."""
    sealed = keyring.seal(said, **PLACE)

    assert keyring.open(sealed, **PLACE) == said
    assert keyring.fingerprint(said) != keyring.blind_index(said)


def test_the_same_words_are_sealed_differently_each_time(keyring: Keyring) -> None:
    assert keyring.seal("Lopez", **PLACE).data != keyring.seal("Lopez", **PLACE).data


@pytest.mark.parametrize("moved", [{"practice_id": "hillside"}, {"kind": "note"}, {"row_id": "row2"}], ids=str)
def test_a_moved_cell_does_not_open(keyring: Keyring, moved: dict[str, str]) -> None:
    sealed = keyring.seal("Lopez", **PLACE)

    with pytest.raises(Unsealable):
        keyring.open(sealed, **PLACE | moved)


def test_a_changed_cell_does_not_open(keyring: Keyring) -> None:
    sealed = keyring.seal("Lopez", **PLACE)

    for place in range(len(sealed.data)):
        changed = bytearray(sealed.data)
        changed[place] ^= 1
        with pytest.raises(Unsealable):
            keyring.open(replace(sealed, data=bytes(changed)), **PLACE)


def test_a_cell_cut_short_does_not_open(keyring: Keyring) -> None:
    """Cut below the length of a nonce it was another error, which nobody expected."""
    sealed = keyring.seal("Lopez", **PLACE)

    for length in range(len(sealed.data)):
        with pytest.raises(Unsealable):
            keyring.open(replace(sealed, data=sealed.data[:length]), **PLACE)


def test_another_key_opens_nothing_and_says_so(keyring: Keyring, other_keyring: Keyring) -> None:
    sealed = keyring.seal("Lopez", **PLACE)

    with pytest.raises(Unsealable, match="sealed with another key") as wrong:
        other_keyring.open(sealed, **PLACE)
    with pytest.raises(Unsealable, match="does not hold"):
        keyring.open(Sealed("k9", sealed.data), **PLACE)
    assert "Lopez" not in str(wrong.value)


def test_hashes_need_the_key(keyring: Keyring, other_keyring: Keyring) -> None:
    assert keyring.blind_index("0042") != other_keyring.blind_index("0042")
    assert keyring.fingerprint("Lopez") != other_keyring.fingerprint("Lopez")
    assert keyring.chain(b"", b"row") != other_keyring.chain(b"", b"row")


def test_an_earlier_key_still_opens_and_the_last_one_seals(tmp_path: Path) -> None:
    old = load_keyring(write(tmp_path / "old", f"root {KEY}", f"cell k1 {KEY}"))
    new = load_keyring(write(tmp_path / "new", f"root {KEY}", f"cell k1 {KEY}", f"cell k2 {OTHER_KEY}"))
    sealed = old.seal("Lopez", **PLACE)

    assert new.open(sealed, **PLACE) == "Lopez"
    assert new.seal("Lopez", **PLACE).key_id == "k2"
    assert old.blind_index("0042") == new.blind_index("0042")


def test_a_new_key_file_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ccm.key"
    create_key_file(path)
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        create_key_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o777], ids=oct)
def test_a_key_file_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = write(tmp_path / "ccm.key", f"root {KEY}", f"cell k1 {KEY}", mode=mode)

    with pytest.raises(BadSetting, match="CCM_KEY_FILE: others can read") as refused:
        load_keyring(path)
    assert "chmod 600" in refused.value.hint


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="empty"),
        pytest.param([f"cell k1 {KEY}"], id="no root"),
        pytest.param([f"root {KEY}"], id="no cell key"),
        pytest.param([f"root {KEY[:-8]}", f"cell k1 {KEY}"], id="a short key"),
        pytest.param(["root ????", f"cell k1 {KEY}"], id="not base64"),
        pytest.param([f"root {KEY}", f"cell k1 {KEY}", f"cell k1 {OTHER_KEY}"], id="one id for two keys"),
        pytest.param([f"root {KEY}", f"root {OTHER_KEY}", f"cell k1 {KEY}"], id="two roots"),
        pytest.param([f"root {KEY}", f"cell {'k' * 17} {KEY}"], id="an id too long for its column"),
        pytest.param([f"root {KEY}", f"cell k1 {KEY}", "hello"], id="a line that means nothing"),
    ],
)
def test_a_damaged_key_file_is_refused_in_a_sentence(tmp_path: Path, lines: list[str]) -> None:
    """Two keys of one id: cells of the first would have been lost without a word."""
    with pytest.raises(BadSetting, match="is not a key file") as refused:
        load_keyring(write(tmp_path / "ccm.key", *lines))
    assert KEY not in f"{refused.value} {refused.value.hint}"


def test_a_key_file_of_bytes_or_none_at_all_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "ccm.key"
    damaged.write_bytes(os.urandom(64) + b"\xff")
    damaged.chmod(0o600)

    with pytest.raises(BadSetting, match="is not a key file"):
        load_keyring(damaged)
    with pytest.raises(BadSetting, match="there is no key file") as missing:
        load_keyring(tmp_path / "nowhere.key")
    assert "ccm-bot init" in missing.value.hint


def test_what_is_printed_shows_no_key(keyring: Keyring, key_file: Path) -> None:
    keys = [line.split()[-1] for line in key_file.read_text().splitlines()]
    raw = [keyring.index_key, keyring.audit_key, keyring.delivery_key, *map(base64.b64decode, keys)]

    shown = f"{keyring!r} {keyring} {[keyring]}"

    assert not any(key in shown for key in keys)
    assert not any(repr(key)[2:-1] in shown or key.hex() in shown for key in raw)


def test_the_keys_of_each_purpose_differ(keyring: Keyring) -> None:
    assert len({keyring.index_key, keyring.audit_key, keyring.delivery_key}) == 3


# --- on the disk

CANARY = Person(mrn="CANARYMRN77", first="Canaryfirst", last="Canarylast", preferred="Canarynick", suffix="Canarysfx")
FOUND = re.compile(rb"(?i)canary|1931-07-05|wandering|lasix")


def furnished_with_canaries(office: Office) -> None:
    from datetime import date

    office.admit("canary", replace(CANARY, born=date(1931, 7, 5)))
    entry = office.entry(12, "canary", note="canarynote: wandering")
    office.edit(entry.id, minutes=20, note="lasix")
    request = office.request()
    with office.database.begin() as connection:
        drafts.put(connection, office.keyring, request, "canarydraft")
        cells.keep(connection, office.keyring, practice_id=office.practice_id, kind="words", text="canarywords")


def test_no_word_about_a_patient_is_readable_in_the_files(sqlite_office: Office, tmp_path: Path) -> None:
    furnished_with_canaries(sqlite_office)

    files = [path for path in tmp_path.iterdir() if path.name.startswith("ccm.db")]
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    assert [path.name for path in files if FOUND.search(path.read_bytes())] == []
    with sqlite_office.database.writer.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    assert [path.name for path in files if FOUND.search(path.read_bytes())] == []


@pytest.mark.postgres
def test_no_word_about_a_patient_is_readable_in_any_table(postgres_office: Office) -> None:
    furnished_with_canaries(postgres_office)
    from storage.schema import metadata

    with postgres_office.database.read() as connection:
        for table in metadata.sorted_tables:
            dump: Any = connection.execute(text(f"SELECT {table.name}::text FROM {table.name}")).scalars()  # noqa: S608
            everything = " ".join(dump)
            hidden = b"".join(map(bytes.fromhex, re.findall(r"\\x([0-9a-f]+)", everything)))
            assert not FOUND.search(everything.encode()), table.name
            assert not FOUND.search(hidden), table.name


def test_a_planted_leak_is_found(sqlite_office: Office, tmp_path: Path) -> None:
    """The search above must be able to fail."""
    with sqlite_office.database.begin() as connection:
        connection.execute(text("UPDATE staff SET name = 'Canarylast'"))

    assert any(FOUND.search(path.read_bytes()) for path in tmp_path.iterdir() if path.name.startswith("ccm.db"))
