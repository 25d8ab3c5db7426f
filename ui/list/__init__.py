"""The list: threads that open to their articles, and what a search found."""
