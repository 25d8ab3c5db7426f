"""What the library reads from the web: bounded fetches, and bytes turned into records.

Nothing in here knows the database. Everything that comes from outside is taken for hostile.
"""
