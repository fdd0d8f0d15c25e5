"""The cycle collector rests inside, and is as it was afterwards, whatever happened."""

import gc

import pytest

from jobtide.memory import uncollected


def _fails() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()  # the outer one decides
        raise ValueError("inside")


def test_it_rests_inside_and_goes_on_behind_even_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="inside"):
        _fails()
    assert gc.isenabled()
