"""What the analyst says of threads and storylines: their names, where an article belongs, and everything she said so far."""
