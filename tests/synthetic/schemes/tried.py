"""What does every variant and every twin plant, each alone in a township of its own?

All of them at once, so that a test asks one question of every plant and names every one that fails it.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from synthetic import schemes
from synthetic.kit import Plant, Planted, Site
from synthetic.kit.trial import trial


@dataclass(frozen=True, eq=False)
class Tried:
    """One plant and what it made; a twin is an innocent look-alike."""

    scheme: str
    name: str
    twin: bool
    planted: Planted
    site: Site

    def __str__(self) -> str:
        return f"{self.scheme}: {'twin' if self.twin else 'variant'} {self.name}"

    def told(self, scheme: str) -> set[str]:
        """The subjects that the truth says are to be raised by that scheme."""
        innocent = self.twin and scheme == self.scheme
        return {truth.subject for truth in self.planted if truth.scheme == scheme and not innocent}


@cache
def modules() -> tuple[tuple[str, ModuleType], ...]:
    """Every scheme by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(schemes.__path__) if not info.name.startswith("_"))
    return tuple((name, importlib.import_module(f"{schemes.__name__}.{name}")) for name in names)


def plants() -> Iterator[tuple[str, str, bool, Plant]]:
    """Scheme, name, twin or not, and the plant itself."""
    for scheme, module in modules():
        for twin, group in ((False, module.VARIANTS), (True, module.TWINS)):
            for name, plant in group.items():
                yield scheme, name, twin, plant


def plant_all(seed: int, *, delegated: bool = True, urban: bool = False) -> tuple[Tried, ...]:
    """Each plant on a fresh trial.

    Raises:
        ExceptionGroup: of every plant that could not be made.
    """
    done, failed = [], []
    for scheme, name, twin, plant in plants():
        site = trial(seed, delegated=delegated, urban=urban)
        try:
            done.append(Tried(scheme, name, twin, plant(site), site))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the others
            error.add_note(f"{scheme}: {name}")
            failed.append(error)
    if failed:
        raise ExceptionGroup("plants that cannot be made", failed)
    return tuple(done)


tried = cache(plant_all)
