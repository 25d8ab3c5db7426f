"""What is under way, and what came of what was."""
