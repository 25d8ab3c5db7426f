"""The engine of Watchdesk: a media monitor as a Python package.

Nothing in here may know Qt or the window. `reader.library` is the front door; what is behind it may change.
"""
