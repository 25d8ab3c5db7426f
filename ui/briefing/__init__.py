"""The briefing editor: outline, words, pages."""
