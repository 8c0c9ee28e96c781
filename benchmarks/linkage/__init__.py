"""Who is one person under two identities? Our linkage beside others on one Chinese set, in one run."""
