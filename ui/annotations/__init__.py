"""Everything marked and noted, in one list."""
