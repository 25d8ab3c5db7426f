"""The window. It knows `reader.library`, `reader.shelf`, `reader.server` and the ground floor, nothing behind them."""
