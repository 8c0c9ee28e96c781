"""Which rows do the screens ask for? Small questions to the snapshot and the last run, computed nowhere else."""
