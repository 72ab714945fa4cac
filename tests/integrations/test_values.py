"""Values of numpy, pandas and pydantic in the input of a run."""

from __future__ import annotations

from typing import Any

import numpy
import pandas
import pydantic
import pytest

from eigenpal_generated import encoding


class Order(pydantic.BaseModel):
    total: float = 1.5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (numpy.int64(-3), "-3"),
        (numpy.uint64(2**64 - 1), "18446744073709551615"),
        (numpy.float32(0.5), "0.5"),
        (numpy.float64(1.5), "1.5"),
        (numpy.bool_(True), "true"),
        (numpy.str_("a"), '"a"'),
        (numpy.array([1.5, 2]).tolist(), "[1.5,2.0]"),
        (pandas.Timestamp("2026-01-02T03:04:05.678901+02:00"), '"2026-01-02T03:04:05.678901+02:00"'),
        (pandas.Timestamp("2026-01-02", tz="UTC"), '"2026-01-02T00:00:00Z"'),
        (pandas.DataFrame({"a": [1, 2]}).to_dict(orient="records"), '[{"a":1},{"a":2}]'),
        (pandas.Series([1, 2])[0], "1"),
        (Order().model_dump(mode="json"), '{"total":1.5}'),
    ],
)
def test_values_that_can_be_sent(value: Any, text: str) -> None:
    assert encoding.encode_json("input", {"v": [value]}) == f'{{"v":[{text}]}}'


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (numpy.array([1]), "is of type numpy.ndarray, which cannot be sent as JSON; pass .tolist()"),
        (numpy.array(1), "is of type numpy.ndarray, which cannot be sent as JSON; pass .tolist()"),
        # Its item() is a number of nanoseconds.
        (
            numpy.datetime64("2026-01-01", "ns"),
            "is of type numpy.datetime64, which cannot be sent as JSON; pass str(...)",
        ),
        (numpy.timedelta64(1, "ns"), "is of type numpy.timedelta64, which cannot be sent as JSON; pass str(...)"),
        (numpy.longdouble(1), "is of type numpy.longdouble, which cannot be sent as JSON; pass float(...)"),
        (numpy.complex64(1), "is of type numpy.complex64, which cannot be sent as JSON"),
        (numpy.bytes_(b"a"), "is of type numpy.bytes_, which cannot be sent as JSON; pass .decode()"),
        (numpy.float32("nan"), "is nan, which cannot be sent as JSON; pass None"),
        (numpy.float64("inf"), "is np.float64(inf), which cannot be sent as JSON; pass None"),
        (pandas.NaT, "is NaT, which is not a time; pass None"),
        (pandas.NA, "NAType, which cannot be sent as JSON; pass None"),
        (pandas.Timestamp("2026-01-02"), "must have a time zone"),
        (pandas.Series([1]), "is of type pandas.Series, which cannot be sent as JSON; pass .tolist()"),
        (
            pandas.DataFrame(),
            'is of type pandas.DataFrame, which cannot be sent as JSON; pass .to_dict(orient="records")',
        ),
        (pandas.Period("2026"), "is of type pandas.Period, which cannot be sent as JSON; pass str(...)"),
        (Order(), 'test_values.Order, which cannot be sent as JSON; pass .model_dump(mode="json")'),
    ],
)
def test_values_that_are_refused(value: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        encoding.encode_json("input", {"v": [value]})
    assert str(caught.value).startswith("input['v'][0] ")
    assert message in str(caught.value)


def test_a_time_filter_of_pandas() -> None:
    assert encoding.encode_query_datetime("x", pandas.Timestamp("2026-01-02", tz="UTC")) == "2026-01-02T00:00:00.000Z"
    with pytest.raises(ValueError, match="x is NaT, which is not a time; pass None"):
        encoding.encode_query_datetime("x", pandas.NaT)
