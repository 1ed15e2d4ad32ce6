"""sensitivity.csv: every item under every common consensus rule, the registered one marked; and how many items each rule calls agreed."""

from analysis.tables.base import Table, number, text
from analysis.tables.sensitivity.lines import rows
from analysis.tables.sensitivity.summary import round_rows

COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds, for a ranking as a whole, and in rows about all items"),
    text("level", "the component's measurement level"),
    text("group_type", "all, equal_weight or theatre"),
    text("group", "the code of the theatre, else the group type"),
    number("n", "valid answers"),
    text("rule", "name of the rule; in rows about all items also registered, for whichever each item has"),
    text("parameters", "its band and threshold, in words"),
    number("points", "the rule looks at the answers brought together into so many positions; empty: at the answers as given"),
    number("value", "the figure that the rule compares"),
    text("consensus", "reached, not_reached or not_assessed under this rule"),
    text("registered", "yes for the study's own rule: value and consensus are those of aggregates.csv"),
    number("n_judged", "rows about all items: numbers that the rule judges"),
    number("n_consensus", "rows about all items: those with consensus under the rule"),
    number("n_compared", "rows about all items: those that the rule and the registered one both judge"),
    number("n_agreeing", "rows about all items: those on which the two agree"),
)

TABLE = Table("sensitivity", COLUMNS, of_item=rows, of_round=round_rows)
