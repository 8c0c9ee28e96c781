"""Law and judgement as dated, sourced, regional data: which rule is in force, when, where and for whom?"""

from casework.policy.change import Change
from casework.policy.loader import Fault
from casework.policy.policy import Policy
from casework.policy.rule import Entry, Rule

__all__ = ["Change", "Entry", "Fault", "Policy", "Rule"]
