"""What each command of `ui.actions` does, and how the window says that it was done."""
