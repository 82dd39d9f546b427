"""Bodies of PATCH requests: what is left out stays as it is."""

from typing import Any

import msgspec
from msgspec import UNSET


def given(patch: msgspec.Struct) -> dict[str, Any]:  # Any: values of the patch's fields
    """The fields that a request gives, by name."""
    return {name: value for name, value in msgspec.structs.asdict(patch).items() if value is not UNSET}
