"""The thread beside the page: who reported it, what they state, what it belongs to."""
