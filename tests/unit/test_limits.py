"""What exceeds the limits of a path."""

from hypothesis import given
from hypothesis import strategies as st

from linter.model.comparison import PathLimits
from linter.model.metrics import COMPLEXITY, SIZES, FunctionMetrics
from linter.model.policy import Limits

number = st.integers(0, 6)


@given(st.sampled_from(["function", "class", "module"]), st.tuples(*[number] * 4), st.tuples(*[number] * 5))
def test_it_is_every_figure_beside_its_limit(kind: str, figures: tuple[int, ...], bounds: tuple[int, ...]) -> None:
    complexity, lines, arguments, nesting = figures
    function = FunctionMetrics("f", kind, 1, 1, 1, 2, 3, complexity, lines, arguments, nesting)
    limits = PathLimits(Limits(**dict(zip((COMPLEXITY, *SIZES), bounds, strict=True))))
    expected = any(function.figure(name) > limits.limit(name) for name in (COMPLEXITY, *SIZES))
    assert limits.is_exceeded_by(function) is expected
