"""The page: one article to read, to mark and to annotate. No markup of a page reaches Qt but what is written here."""
