"""The program from its start to its end: where it draws, which library it opens, what it does without a screen."""
