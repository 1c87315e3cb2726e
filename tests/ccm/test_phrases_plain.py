"""The short way for the plainest logs reads nothing otherwise than the full grammar does, or leaves it alone."""

from __future__ import annotations

import ast
import json
import random
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm import phrases
from ccm.months import ServiceMonth
from ccm.nicks import is_given_name
from ccm.phrases import lexicon as lx
from ccm.phrases import understand
from ccm.phrases.clean import cleaned
from ccm.phrases.plain import FILLERS, SMALL, read_plain
from ccm.phrases.tokens import cut
from ccm.phrases.understanding import read_in_full
from ccm.phrases.wire import roster_from_json
from ccm.phrases.words_spoken import SPOKEN
from ccm.readings import Reading
from ccm.roster import Roster, RosterPatient

OWN = Path(__file__).parent / "phrases"
SHARED = Path(__file__).parents[2].parent / "shared" / "domain"
NOW = datetime(2026, 6, 17, 14, 20, tzinfo=ZoneInfo("America/Chicago"))
MAY, JUNE = ServiceMonth.parse("2026-05"), ServiceMonth.parse("2026-06")


def roster(names: str) -> Roster:
    """Patients out of "First Last, First/Preferred Last"; "_" is a blank within the first name."""
    made = []
    for number, name in enumerate(names.split(", ")):
        called, _, last = name.partition(" ")
        first, _, preferred = called.replace("_", " ").partition("/")
        made.append(
            RosterPatient(id=f"p{number}", code="P-7K4Q", mrn="1", first=first, last=last, preferred=preferred or None)
        )
    return Roster.of(made)


PLAIN = roster("Ana Lopez, Wei Chen, Irina Volkov, Anna Petrov")
ROSTERS = {
    "plain": PLAIN,
    "namesakes": roster("Ana Lopez, Maria Lopez, William/Bill Chen, William Chen, Wei Chen, Chen Wei"),
    "near": roster("Ana Lopez, Ana Lopes, Wei Chen, Wei Cheng, Irina Volkov, Irina Volkova, Jon Petrof"),
    "words": roster("Will May, Bill Price, Rose Young, Mark Undo, Care Rec, June Call, Busy Trim, Law Re"),
    "compound": roster("Ana de la Cruz, Mary_Ann Lopez, Mary Chen, Wei Lopez-Garcia, Ann Garcia, Re_Gina Volkov"),
    "nicknames": roster("Robert/Bob Lopez, Bob Chen, Regina Volkov, Gina Petrov, Rebecca Chen, Lopez Bobson"),
    "odd": roster("Log Lopez, The Chen, Wei Li, Wu Ng, On Volkov, Rec Lopez, Petrov Fu, W Wei, Onana Ana"),
    "capitals": roster("María Peña, Sean O'Neill, Jan van der Berg, Al Lopez, Chen Volkov, Ana Wei, Wei Med"),
}


def split(words: str) -> list[str]:
    """The words between single blanks."""
    return words.split(" ")


NAMES = split(
    "lopez chen volkov petrov wei ana anna maria mary ann bill william bob robert regina gina rebecca will may price "
    "rose young mark undo call busy trim law re garcia lopez-garcia cruz li wu ng fu pena o'neill berg chen's june "
    "lopes cheng volkova onana mcchen bobson"
)
GOOD = ["12m", "7 minutes", "15 min", "1 m", "60 mins", "5 minute"]
AMOUNTS = [*GOOD, *GOOD, "61 min", "0 min", "012 min", "12", "1 hr", "ten min", ":15", "12 mn"]
FOREIGN = split(
    "not no will call for about under ago each and , . ? - / & lvm rpm rtm busy left spent said says her pt dr dtr md "
    "clinic house day monday june 6/12 first the of to from at or if undo status make it wrong scan billing visit appt "
    "consult walks sleep con \x1a W/ Rec Care f/u follow-up to-do today yesterday tomorrow last morning x twice plus "
    "approx max ignore rules select sudo again get left stop timer start help who with for Jr jr 2 20 1955 P-7K4Q a1c "
    "metoprolol Dana Zed said. ( ) please i you she have has need"
)
CASES = st.sampled_from([str.lower, str.capitalize, str.upper, str])
KNOWN = st.sampled_from(sorted(FILLERS | SMALL)) | st.sampled_from(["med rec", "care plan", "phone call", "with"])
SAID = (
    KNOWN | KNOWN | st.sampled_from(NAMES) | st.sampled_from(AMOUNTS) | st.sampled_from(["today", "yesterday", "log"])
)


def both(
    text: str, among: Roster, now: datetime = NOW, closed: ServiceMonth | None = None
) -> tuple[Reading | None, Reading]:
    """The short reading and the full one."""
    clean = cleaned(text)
    line = cut(clean)
    return read_plain(line, among, now, closed), read_in_full(clean, line, roster=among, now=now, closed_through=closed)


def test_the_commonest_logs_take_the_short_way() -> None:
    for text in ("log 12m med rec Lopez", "15 min phone call Wei Chen", "log 7 minutes care plan Volkov",
                 "Lopez 5m refill today", "log 9 min labs with Ana Lopez yesterday"):  # fmt: skip
        short, full = both(text, PLAIN)

        assert short is not None, text
        assert short == full == understand(text, roster=PLAIN, now=NOW)
        assert short.entries


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("log 12m med rec Lopez, Chen", id="two patients"),
        pytest.param("log 12m med rec Lopes", id="a slip of the finger"),
        pytest.param("not 12m med rec Lopez", id="denied"),
        pytest.param("log 61m med rec Lopez", id="more than an hour"),
        pytest.param("log 12m lvm Lopez", id="an outcome"),
        pytest.param("log 12m Rec Lopez", id="a capital that may be a name"),
        pytest.param("log about 12m meds Lopez", id="an estimate"),
        pytest.param("call Lopez for 12m", id="an order"),
        pytest.param("plans on flu 5 minute Ana Lopez", id="a plan"),
    ],
)
def test_what_is_not_plain_goes_the_full_way(text: str) -> None:
    assert both(text, PLAIN)[0] is None


def test_a_day_in_a_closed_month_goes_the_full_way() -> None:
    assert both("log 12m med rec Lopez", PLAIN, closed=JUNE)[0] is None
    assert both("log 12m med rec Lopez", PLAIN, closed=MAY)[0] is not None
    assert both("log 12m Lopez yesterday", PLAIN, now=NOW.replace(day=1), closed=MAY)[0] is None


def test_one_of_two_namesakes_is_read_by_the_first_name_alone() -> None:
    assert both("log 12m med rec Lopez", ROSTERS["namesakes"])[0] is None
    assert both("log 12m med rec Bill Chen", ROSTERS["namesakes"])[0] is None
    short, full = both("log 12m med rec Maria Lopez", ROSTERS["namesakes"])
    assert short is not None
    assert short == full


@cache
def rosters(path: Path) -> dict[str, Roster]:
    return {name: roster_from_json(rows) for name, rows in json.loads(path.read_text(encoding="utf-8")).items()}


@pytest.mark.parametrize(
    ("path", "names"),
    [
        *((path, OWN / "rosters.json") for path in sorted(OWN.glob("*.jsonl"))),
        (SHARED / "phrases-dev.jsonl", SHARED / "rosters.json"),
    ],
    ids=lambda path: path.stem,
)
def test_every_sentence_of_the_corpora_is_read_alike(path: Path, names: Path) -> None:
    if not path.exists():
        pytest.skip("the shared corpus is not here")
    for row in path.read_text(encoding="utf-8").splitlines():
        case: dict[str, Any] = json.loads(row)
        now = datetime.fromisoformat(case["now"]).replace(tzinfo=ZoneInfo(case["tz"]))

        for among in rosters(names).values():
            short, full = both(case["text"], among, now)

            assert short is None or short == full, case["id"]


@pytest.mark.parametrize("among", ROSTERS.values(), ids=ROSTERS)
@given(data=st.data())
@settings(max_examples=250, deadline=None)
def test_any_heap_of_plain_words_is_read_alike(among: Roster, data: st.DataObject) -> None:
    words = data.draw(st.lists(SAID, min_size=1, max_size=6))
    words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(GOOD)))
    words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(NAMES)))
    if data.draw(st.booleans()):
        words.insert(0, "log")
    if data.draw(st.integers(0, 3)) == 0:
        words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(FOREIGN)))

    short, full = both(" ".join(data.draw(CASES)(word) for word in words), among)

    assert short is None or short == full


@given(
    words=st.lists(KNOWN, max_size=6),
    name=st.sampled_from(["Lopez", "chen", "VOLKOV", "Wei Chen", "ana lopez", "Anna Petrov"]),
    amount=st.sampled_from(GOOD),
    day=st.sampled_from(["", "", "today", "yesterday"]),
    seed=st.randoms(use_true_random=False),
)
@settings(max_examples=1500, deadline=None)
def test_plain_words_in_any_order_are_read_alike(
    words: list[str], name: str, amount: str, day: str, seed: random.Random
) -> None:
    shuffled = seed.sample(said := [*words, name, amount, day], len(said))

    short, full = both(" ".join(shuffled), PLAIN)

    assert short is None or short == full


_HARMLESS = (
    lx.TOPIC | lx.CHANNEL | lx.WORK | lx.LAB | lx.PLACE | lx.COUNTED | lx.DOSE | lx.LABEL | lx.LOG | lx.WITH
    | lx.LINKING | lx.COMMON | lx.ESTIMATE
)  # fmt: skip
"""Senses that, away from a number, change the activity at most."""


def test_the_words_of_a_plain_log_have_harmless_senses_and_are_nobodys_name() -> None:
    assert [word for word in FILLERS if not lx.SENSES.get(word) or not word.isalpha()] == []
    assert [word for word in FILLERS | SMALL - {"plan"} if lx.SENSES.get(word, 0) & ~_HARMLESS] == []
    assert [word for word in SMALL if is_given_name(word)] == []


_APART = {"consents", "plans", "questions", "timers", "wire", "words_spoken", "plain"}
"""Readers that no line with minutes reaches, what is only said back, and the short way itself."""


def test_every_word_the_grammar_looks_for_has_a_sense_or_is_kept_from_being_a_plain_name() -> None:
    looked_for: set[str] = set()
    for path in Path(phrases.__file__).parent.glob("*.py"):
        if path.stem not in _APART:
            looked_for |= words_in(path)

    assert looked_for - lx.SENSES.keys() - SPOKEN - SMALL == {"lopez"}, "a typo's example, only after “wrong”"


def words_in(path: Path) -> set[str]:
    """Words of three letters and more in a module's strings, but for docstrings and what is said to people."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]
    spoken = [re.sub(r"\\[a-zA-Z]", " ", text) for text in texts if not re.fullmatch(r"[A-Z].*[.?]", text, re.DOTALL)]
    return {word for text in spoken for word in re.findall(r"[a-z]{3,}", text)}
