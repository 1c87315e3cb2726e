"""The app manifest `app.yaml`: beside the checkout, or inside the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def manifest_path() -> Path:
    """Where app.yaml lies."""
    beside, inside = Path(__file__).parents[1] / "app.yaml", Path(__file__).with_name("app.yaml")
    return inside if inside.exists() else beside


def manifest() -> dict[str, Any]:
    """What it says."""
    read: dict[str, Any] = yaml.safe_load(manifest_path().read_text(encoding="utf-8"))
    return read
