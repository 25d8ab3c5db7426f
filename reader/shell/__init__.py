"""The commands of the shell: each takes the parsed words, a library and an output, and answers with the exit status.

The promise of names, options and JSON is `docs/shell.md`. Nothing in here decides anything: it asks `Library` and prints.
"""
