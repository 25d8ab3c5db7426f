"""The pictures are drawn with what the tests of the window stand on."""

from tests.ui.conftest import light_again, qapp, sample

__all__ = ["light_again", "qapp", "sample"]
