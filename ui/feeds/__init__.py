"""Feeds: added, changed, and told of when they fail."""
