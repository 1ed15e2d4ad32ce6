"""Everything that can happen to a study. A row of a survey table is written here and nowhere else."""
