"""What would follow if a standard or a rule were another one?

A scenario is another policy and some assumptions; a what-if is the same reckoning twice and the difference. Nothing
here writes a case, and nothing tells a person: households are rows without a name.
"""
