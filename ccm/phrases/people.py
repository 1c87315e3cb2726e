"""Which of the names in a stretch of words are the patients meant, and which are kin, clinicians or places."""

from __future__ import annotations

from ccm.phrases import lexicon as lx
from ccm.phrases.mention import FAIR, SLIGHT, SURE, Mention, is_possessive
from ccm.phrases.quantities import sense_at, word_at
from ccm.phrases.tokens import Line
from ccm.phrases.wordsets import word_set

_SITES = word_set(
    "hospital hosp clinic st street ave avenue blvd center centre manor village haven tower towers general "
    "memorial county university house medical road rd lane"
)
_ADJECTIVES = {
    word: word_set(nouns)
    for word, nouns in (
        ("short", "call of on term notice breath staffed visit talk"),
        ("long", "call day time talk term story chat hold visit morning afternoon conversation one phone list"),
        ("sharp", "pain pains chest"),
        ("early", "am morning refill this today afternoon in call stage"),
        ("day", "surgery program before after of ago"),
        ("bright", "red and side"),
        ("stone", "removal passed"),
        ("may", "need be have want call go not also"),
        ("will", "call need be have go see do send fax not try follow f/u check get take"),
        ("green", "light leafy stool mucus sputum"),
        ("rose", "to from"),
        ("cold", "sores sore sx symptoms"),
        ("young", "lady man woman"),
        ("bill", "complaint pay for question issue"),
        ("cash", "price pay"),
        ("walker", "order delivery for dme"),
        ("good", "call talk"),
        ("best", "time"),
        ("rush", "order"),
        ("price", "check"),
        ("hope", "so to"),
        ("grant", "application app program form"),
        ("mark", "as"),
        ("post", "op hospital discharge hosp"),
        ("page", "to the"),
        ("case", "manager conference mgr management mgmt"),
        ("cane", "order"),
    )
}


def patients_meant(line: Line, mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """The mentions in start..end that may be whom the time was for; the surest kind only."""
    here = [
        each
        for each in mentions
        if start <= each.start < end and not _is_bystander(line, each) and not _is_adjective(line, each)
    ]
    firm = [each for each in here if each.strength >= FAIR and each.doubt != "stranger"]
    exact = [each for each in firm if not each.doubt]
    if exact:
        return [each for each in firm if each.doubt != "near" or line.written[each.start][:1].isupper()]
    if firm:
        return firm
    known = [each for each in here if each.doubt != "stranger" and each.strength == SLIGHT]
    strangers = [each for each in here if each.doubt == "stranger"]
    return known or strangers


def faint_names(line: Line, mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Words that could be names and are more likely none: worth offering when nobody else is named."""
    return [each for each in mentions if start <= each.start < end and not _is_bystander(line, each)]


def _is_bystander(line: Line, mention: Mention) -> bool:
    """Kin by name ("dtr Maria"), clinicians ("Dr. Green") and sites ("Noble Hospital")."""
    before = mention.start - 1
    step = before - (word_at(line, before) in (".", ",", "(", "-"))
    sense = sense_at(line, step)
    word = word_at(line, step)
    if (
        sense & lx.KIN
        and not line.words[step].endswith("'s")
        and (step == before or mention.strength < SURE or not mention.patients)
        and not (step != before and word_at(line, step - 1) in ("spoke", ""))
    ):
        return (
            step == before
            or len(mention.patients) != 1
            or (mention.end - mention.start == 1 and _is_first_only(line, mention))
        )
    if (
        sense & lx.CLINICIAN
        and word in ("dr", "drs", "doctor", "doc", "nurse", "np", "rn", "pharmd", "lpn", "surgeon", "therapist")
        and word_at(line, before) != ","
    ):
        return True
    if (
        sense_at(line, mention.end) & lx.CLINICIAN
        and word_at(line, mention.end) in ("md", "do", "np", "rn", "lpn", "pharmd", "lcsw")
        and line.written[mention.end].isupper()
    ):
        return True
    return (
        word_at(line, mention.end) in _SITES
        and not is_possessive(line, mention.end)
        and line.written[mention.end][:1].isupper()
        and line.written[mention.start][:1].isupper()
    )


def _is_first_only(line: Line, mention: Mention) -> bool:
    from ccm.names import squash

    key = line.words[mention.start].removesuffix("'s")
    return all(squash(each.last) != key for each in mention.patients)


def _is_adjective(line: Line, mention: Mention) -> bool:
    """A common word before the noun it usually goes with: "long call"."""
    if mention.strength == SURE or mention.end != mention.start + 1:
        return False
    return word_at(line, mention.end) in _ADJECTIVES.get(line.words[mention.start], ())
