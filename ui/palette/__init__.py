"""Going anywhere and doing anything by a few letters."""
