"""A believable county, with known answers, from a seed."""

from synthetic.world.build import World, build, source
from synthetic.world.placing import TRUTH
from synthetic.world.plan import PERSONS, Scale
from synthetic.world.village import Regime
from synthetic.world.writing import Form

__all__ = ["PERSONS", "TRUTH", "Form", "Regime", "Scale", "World", "build", "source"]
