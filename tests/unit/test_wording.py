"""A refused value is explained in words, not in the terms of a library."""

from typing import Annotated, Literal

import msgspec
import pytest

from headway.platform.problems import Invalid
from headway.platform.web.decode import decode_body


class Form(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=2, max_length=5)] = "ada"
    many: Annotated[list[int], msgspec.Meta(min_length=1, max_length=2)] = msgspec.field(default_factory=lambda: [1])
    size: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    key: Annotated[str, msgspec.Meta(pattern="^[A-Z]$")] = "A"
    color: Literal["red", "blue"] = "red"


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        (b'{"name": "a"}', "name", "must have at least 2 characters"),
        (b'{"name": "abcdef"}', "name", "may have at most 5 characters"),
        (b'{"many": []}', "many", "must have at least 1 items"),
        (b'{"many": [1, 2, 3]}', "many", "may have at most 2 items"),
        (b'{"size": 0}', "size", "must be at least 1"),
        (b'{"size": 10}', "size", "may be at most 9"),
        (b'{"key": "a"}', "key", "is not written in the form that belongs here; see the API's description"),
        (b'{"color": "green"}', "color", "'green' is not one of the values that are allowed"),
        (b'{"name": 7}', "name", "must be str, not int"),
        (b'{"many": [1, "x"]}', "many.1", "must be int, not str"),
    ],
)
def test_what_does_not_fit_is_said_in_words(body: bytes, field: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        decode_body(body, Form)

    assert [(each.field, each.message) for each in refused.value.errors] == [(field, message)]
