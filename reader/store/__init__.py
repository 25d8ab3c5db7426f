"""What the library remembers: one SQLite file, and the full-text index that follows it.

One noun a file, in SQL. Nothing in here reads the web or judges an article.
"""
