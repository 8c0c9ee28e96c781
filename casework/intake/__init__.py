"""How does a file become rows that can be trusted, with every other row accounted for?"""
