"""Where the product's judgement lives: pure functions over records.

No input or output, no clock, no globals that change: what is needed comes in as an argument.
"""
