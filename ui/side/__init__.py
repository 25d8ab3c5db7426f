"""The sidebar: views, topics, saved searches, feeds, and how fresh they are."""
