"""Which two identities are one person, and how strong is the evidence?

Records are normalised (`names`, `addresses`), paired by blocks (`blocks`), compared field by field (`levels`), weighed
in bits (`weights`) and held against what can never be one person (`apart`, `clusters`). `register` reads all that from
a snapshot; `linked` takes a plain frame, so that a benchmark needs no workspace.
"""
