"""Plain text, languages and addresses: pure functions over strings."""
