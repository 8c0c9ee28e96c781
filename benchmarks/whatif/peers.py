"""How long do others take for the same formula? Run by an interpreter that has them; nothing of them is needed by us.

`python peers.py WAY FOLDER FACTOR…`, WAY one of WAYS, FOLDER the columns as `.npy` (`people.py`). Prints one line of
JSON: seconds to import, to build a simulation, for the formula, for the fastest reform (the standards times FACTOR) and
of the processor in it, every total in yuan a month, and the peak memory in MiB.

Each is used as its documentation says: entities, variables with a formula, parameters looked up by the village's
setting (fancy indexing), and a reform as a `Reform` that modifies the parameters with `parameter.update`, on which a
simulation is built and its inputs set anew. An edit of `values_list` in place is not used: policyengine-core would go
on answering with the baseline.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

WAYS = ("openfisca", "policyengine")
MONTH = "2025-07"
SETTINGS = ("rural", "urban")
KIB = 1024


def columns(folder: Path) -> dict[str, Any]:
    """Every column of the population."""
    return {path.stem: np.load(path) for path in folder.glob("*.npy")}


def system(model: Any, standards: tuple[float, ...]) -> Any:  # noqa: ANN401 - the peers' own kinds
    """Persons in households, what they have, and the formula.

    The two name the same things alike: one forked the other.
    """
    person = model.build_entity(key="person", plural="persons", label="", is_person=True)
    household = model.build_entity(
        key="household", plural="households", label="", roles=[{"key": "member", "plural": "members", "label": ""}]
    )

    class Setting(model.Enum):  # type: ignore[misc]
        rural = "rural"
        urban = "urban"

    def variable(name: str, entity: Any, kind: Any = float, **more: Any) -> Any:  # noqa: ANN401 - as above
        said = {"value_type": kind, "entity": entity, "definition_period": model.MONTH, "label": name, **more}
        return type(name, (model.Variable,), said)

    def formula(home: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401 - as above
        line = parameters(period).standard[home("setting", period)] * home.nb_persons()
        income = home.sum(home.members("income", period)) + home("support", period) - home("deductions", period)
        gap = line - np.maximum(income, 0)
        return np.maximum(gap, 0) * (1 - home("veto", period))

    made = model.TaxBenefitSystem([person, household])
    values = {
        name: {"values": {"2020-01-01": {"value": value}}} for name, value in zip(SETTINGS, standards, strict=True)
    }
    made.parameters = model.ParameterNode("", data={"standard": values})
    made.add_variables(
        variable("income", person),
        variable("support", household),
        variable("deductions", household),
        variable("veto", household, int),
        variable("setting", household, model.Enum, possible_values=Setting, default_value=Setting.rural),
        variable("dibao", household, formula=formula),
    )
    return made


def reformed(model: Any, before: Any, standards: tuple[float, ...], factor: float) -> Any:  # noqa: ANN401 - as above
    """The system with the standards times a factor from 2025 on."""

    def raised(parameters: Any) -> Any:  # noqa: ANN401 - as above
        for name, value in zip(SETTINGS, standards, strict=True):
            parameters.standard.children[name].update(start=model.instant("2025-01-01"), value=value * factor)
        return parameters

    class Raised(model.Reform):  # type: ignore[misc]
        name = f"standards times {factor}"

        def apply(self) -> None:
            """Modify the parameters."""
            self.modify_parameters(modifier_function=raised)

    return Raised(before)


def simulation(model: Any, on: Any, given: dict[str, Any]) -> Any:  # noqa: ANN401 - as above
    """Everybody, on that system, with every input set."""
    builder = model.SimulationBuilder()
    builder.create_entities(on)
    builder.declare_person_entity("person", np.arange(len(given["home"])))
    homes = builder.declare_entity("household", np.arange(len(given["urban"])))
    builder.join_with_persons(homes, given["home"], np.zeros(len(given["home"]), np.int64))
    made = builder.build(on)
    for name in ("income", "support", "deductions", "veto"):
        made.set_input(name, MONTH, given[name])
    made.set_input("setting", MONTH, given["urban"].astype(np.int16))
    return made


class Model:
    """The names that the formula needs, wherever a peer keeps them."""

    def __init__(self, way: str) -> None:
        """Import them."""
        core = {"openfisca": "openfisca_core", "policyengine": "policyengine_core"}[way]
        part: Callable[[str], Any] = lambda name: importlib.import_module(f"{core}.{name}")  # noqa: E731 - one line
        self.build_entity = part("entities").build_entity
        self.Enum = part("indexed_enums" if way == "openfisca" else "enums").Enum
        self.MONTH = part("periods").MONTH if way == "policyengine" else part("periods").DateUnit.MONTH
        self.instant = part("periods").instant
        self.Variable = part("variables").Variable
        self.TaxBenefitSystem = part("taxbenefitsystems").TaxBenefitSystem
        self.ParameterNode = part("parameters").ParameterNode
        self.Reform = part("reforms").Reform
        self.SimulationBuilder = part("simulations").SimulationBuilder


def _peak() -> float:
    """MiB at most so far; `getrusage` would begin with what the process had that began this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / KIB


def main() -> None:
    """One way, once."""
    way, folder, factors = sys.argv[1], Path(sys.argv[2]), [float(one) for one in sys.argv[3:]]
    given = columns(folder)
    standards = tuple(float(one) for one in given.pop("standards"))
    begun = time.perf_counter()
    model = Model(way)
    imported = time.perf_counter()
    law = system(model, standards)
    first = simulation(model, law, given)
    built = time.perf_counter()
    totals = [_total(first)]
    done = time.perf_counter()
    reforms, busy = [], []
    for factor in factors:
        start, spent = time.perf_counter(), time.process_time()
        totals.append(_total(simulation(model, reformed(model, law, standards, factor), given)))
        reforms.append(time.perf_counter() - start)
        busy.append(time.process_time() - spent)
    said = {"import": imported - begun, "build": built - imported, "formula": done - built}
    said |= {"reform": min(reforms), "reform_cpu": min(busy)}
    print(json.dumps(said | {"peak_mib": _peak(), "totals": totals}))


def _total(one: Any) -> float:  # noqa: ANN401 - as above
    return float(one.calculate("dibao", MONTH).sum(dtype=np.float64))


if __name__ == "__main__":
    main()
