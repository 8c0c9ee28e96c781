"""What if? Mingcha from a notebook: see `dashboard.api` and docs/python.md."""

from dashboard.api import Asked, County, Result, assume, change, open, shipped, stacked  # noqa: A004 - as mingcha.open

__all__ = ["Asked", "County", "Result", "assume", "change", "open", "shipped", "stacked"]
