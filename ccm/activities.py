"""The activity categories (R54, R57): fixed slugs and their screen labels."""

from __future__ import annotations

LABELS: dict[str, str] = {
    "patient_communication": "Patient communication",
    "medication_management": "Medication management",
    "care_plan": "Care plan",
    "care_coordination": "Care coordination",
    "transition_of_care": "Transition of care",
    "lab_review": "Lab and result review",
    "education": "Education",
    "preventive_care": "Preventive care",
    "community_resources": "Community resources",
    "documentation": "Documentation",
    "other": "Other",
}
"""Slug to label, in the order screens show them."""


def label(slug: str | None) -> str:
    """What a person reads; an entry without an activity says so."""
    return LABELS[slug] if slug else "No activity yet"
