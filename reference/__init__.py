"""Scripts that build the tables in src/sayso/reading/reference. Not in the wheel."""
