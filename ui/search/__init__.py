"""The search field, what was understood, and the facets that narrow."""
