"""Which closed lists serve more than one table?"""

from casework.tables.schema import Option
from casework.text import Text

CAUSES = (
    Option("serious_illness", Text("重大疾病", "Serious illness"), ("重病",)),
    Option("accident", Text("意外事故", "Accident"), ("意外",)),
    Option("disaster", Text("自然灾害", "Disaster"), ("灾害",)),
    Option("unemployment", Text("失业", "Unemployment")),
    Option("death_of_earner", Text("主要劳动力死亡", "Death of the earner")),
    Option("other", Text("其他", "Other")),
)

SINGLE_PERSON_BASES = (
    Option("severe_disability", Text("重度残疾", "Severe disability"), ("重残",)),
    Option("serious_illness", Text("重病", "Serious illness"), ("重大疾病",)),
    Option("clergy", Text("宗教教职人员", "Clergy")),
    Option("adult_unemployed_severe_disability", Text("成年无业重度残疾", "Adult, unemployed, severely disabled")),
)
