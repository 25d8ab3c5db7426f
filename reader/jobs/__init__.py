"""Work that takes time: generators that yield `Progress` after each short transaction.

A job introduces `store`, `web` and `analysis` to each other; they never meet by themselves.
Every `yield` may be the last: what was committed stays, what was not never happened.
"""
