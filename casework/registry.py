"""Which questions and counts are there?

Every module of a package that has a `CARD`; a new one is a new file, and no list is edited.
"""

import importlib
import pkgutil
from types import ModuleType


def found(package: ModuleType) -> list[ModuleType]:
    """The package's modules with a CARD, in the order of their names."""
    names = (module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    modules = (importlib.import_module(name) for name in sorted(names))
    return [module for module in modules if hasattr(module, "CARD")]
