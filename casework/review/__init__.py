"""What people did: the journal now; judgements, states and scope with the inspector's work."""
