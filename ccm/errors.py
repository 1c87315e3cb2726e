"""Everything this program says no with, drawn as a tree.

CcmError                    a sentence for the person, and a hint what to do
├── Unclear                 the words can be read in more than one way, or lack something
├── Refused                 read well, but must not be stored (future day, closed month, PHI in a note)
│   └── Duplicate           the same minutes for the same patient were logged moments ago
├── NotAllowed              this person may not do this
├── NothingToUndo           undo or edit found no act of this person
├── UnknownPatient          no patient of this practice is meant
├── Busy                    the database did not take the write in time; trying again helps
└── BadSetting              a setting has a value this program cannot run with

The sentence and the hint never hold a patient's name, number or words: they may be logged.
"""


class CcmError(Exception):
    """Base of all; `str(error)` is a sentence for the person, `hint` what to do next."""

    def __init__(self, sentence: str, *, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint


class Unclear(CcmError):
    """Ask, do not guess."""


class Refused(CcmError):
    """Understood and not stored."""


class Duplicate(Refused):
    """The same person logged the same minutes, patient, activity and day within ten minutes."""


class NotAllowed(CcmError):
    """The person's roles or credential do not cover the act."""


class NothingToUndo(CcmError):
    """There is no live act of this person to reverse or change."""


class UnknownPatient(CcmError):
    """No patient of this practice has this id or code."""


class Busy(CcmError):
    """Nothing was saved; the same words a moment later may be."""


class BadSetting(CcmError):
    """Names the key; stops the start."""
