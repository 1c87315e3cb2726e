"""A practice of 1,000 made-up patients for the benchmarks, and distinct sentences about them."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime
from pathlib import Path

from bot.compose import open_record
from bot.settings import read_settings
from ccm.records import CredentialKind, Role
from storage import patients, people, practices
from storage.patients import Person
from storage.sealing import create_key_file, load_keyring

PATIENTS = 1000
_SYLLABLES = [
    "ba",
    "ko",
    "li",
    "mar",
    "ten",
    "ros",
    "vin",
    "del",
    "par",
    "son",
    "ga",
    "he",
    "ti",
    "nor",
    "wel",
    "zu",
    "fa",
    "mi",
    "quo",
    "dre",
]


def surnames() -> list[str]:
    """As many different surnames as there are patients, always the same."""
    made = ("".join(four).capitalize() for four in itertools.product(_SYLLABLES, repeat=4))
    every = sorted(made, key=lambda name: random.Random(name).random())
    return every[:PATIENTS]


def sentences() -> list[str]:
    """Log commands, all different in patient or minutes: 59,000 of them."""
    what = ("med rec", "phone call", "care plan", "lab results", "education")
    pairs = itertools.product(range(1, 60), surnames())
    return [f"log {minutes}m {what[minutes % 5]} {name}" for minutes, name in pairs]


def settings_in(folder: Path) -> dict[str, str]:
    """Settings of a bot whose record lies in `folder`."""
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'ccm.db'}",
        "CCM_KEY_FILE": str(folder / "ccm.key"),
        "CCM_DELIVERY_PACE_S": "0",
    }


def furnish(folder: Path) -> None:
    """Make key, database, one nurse and all patients."""
    settings = read_settings(settings_in(folder))
    create_key_file(settings.key_file)
    keyring, database, now = load_keyring(settings.key_file), open_record(settings), datetime.now(UTC)
    with database.begin() as connection:
        practice = practices.create(connection, name="Bench", zone="America/Chicago", display="code", now=now)
        people.add(
            connection, practice_id=practice.id, user_id="U0NINA", name="Nina", roles=[Role.MEMBER],
            kind=CredentialKind.CLINICAL_STAFF, title="RN", since=date(2020, 1, 1), now=now,
        )  # fmt: skip
        for number, last in enumerate(surnames()):
            person = Person(mrn=f"{number:06}", first="Anna", last=last, born=date(1950, 1, 1))
            patients.put(connection, keyring, practice.id, person, now)
        patients.bump(connection, practice.id)
    database.close()
