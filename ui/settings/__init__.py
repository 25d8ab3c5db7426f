"""What the analyst chose, of the library and of the window."""
