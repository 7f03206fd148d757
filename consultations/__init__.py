"""The matter at hand: phases, draft, clauses and comments. Does not know how polls or threads work."""
