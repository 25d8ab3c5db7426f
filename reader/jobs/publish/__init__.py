"""A briefing."""
