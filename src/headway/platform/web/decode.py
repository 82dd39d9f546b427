"""Input: JSON bodies and query strings into Structs, or a 400 that names the field."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, Final, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET

from headway.platform.problems import FieldError, Invalid
from headway.platform.text import BadText, clean_line, clean_text
from headway.platform.web.wording import in_words

S = TypeVar("S", bound=msgspec.Struct)

_PATH: Final = re.compile(r" - at `\$?(?P<path>[^`]*)`$")
_UNKNOWN: Final = re.compile(r"unknown field `(?P<name>[^`]*)`")
_MISSING: Final = re.compile(r"missing required field `(?P<name>[^`]*)`")
_LINE: Final = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]"
_SEEN: Final = r"[^\s\u0000-\u001f\u007f-\u009f]"
_TEXT: Final = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
"""What descriptions say of text; a few rules that no pattern can say (marks, invisible letters) are left out."""


def line(maximum: int, minimum: int = 1) -> msgspec.Meta:
    """Marks a field as one line of text: NFC, trimmed, without control characters."""
    pattern = f"^{_LINE}*{_SEEN}{_LINE}*$" if minimum else f"^{_LINE}*$"
    return msgspec.Meta(
        min_length=minimum, max_length=maximum, extra={"clean": "line"}, extra_json_schema={"pattern": pattern}
    )


def text(maximum: int) -> msgspec.Meta:
    """Marks a field as text of several lines."""
    pattern = f"^{_TEXT}*$"
    return msgspec.Meta(max_length=maximum, extra={"clean": "text"}, extra_json_schema={"pattern": pattern})


@cache
def _decoder(kind: type[S]) -> msgspec.json.Decoder[S]:
    return msgspec.json.Decoder(kind)


def decode_body(raw: bytes, kind: type[S]) -> S:
    """A JSON body as `kind`, texts cleaned. Invalid when it is not JSON or a field is unknown, missing or wrong."""
    try:
        decoder: msgspec.json.Decoder[S] = _decoder(kind)
        return clean(decoder.decode(raw))
    except msgspec.ValidationError as error:
        raise _refusal(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Invalid("invalid_json", "The body is not valid JSON in UTF-8.") from None
    except RecursionError:
        raise Invalid("invalid_json", "The body is nested too deeply.") from None


def decode_query(pairs: Iterable[tuple[str, str]], kind: type[S]) -> S:
    """Query parameters as `kind`; a list is given by repeating its name. Invalid as for bodies."""
    lists = _list_fields(kind)
    found: dict[str, str | list[str]] = {}
    for name, value in pairs:
        if name in lists:
            several = found.setdefault(name, [])
            assert isinstance(several, list)  # noqa: S101 - only this branch sets the names in `lists`
            several.append(value)
        elif name in found:
            raise Invalid.field(name, "repeated", "may be given only once")
        else:
            found[name] = value
    try:
        return clean(msgspec.convert(found, kind, strict=False))
    except msgspec.ValidationError as error:
        raise _refusal(str(error)) from None


def _refusal(message: str) -> Invalid:
    place = _PATH.search(message)
    path = place["path"].strip(".") if place else ""
    path = re.sub(r"\[(\d+|\.\.\.)\]", r".\1", path).strip(".")
    reason = _PATH.sub("", message)
    for code, pattern in (("unknown_field", _UNKNOWN), ("missing_field", _MISSING)):
        named = pattern.search(reason)
        if named:
            path = f"{path}.{named['name']}" if path else named["name"]
            sentence = "is not a known field" if code == "unknown_field" else "is required"
            return Invalid.field(path, code, sentence)
    return Invalid.field(path or "body", "invalid_value", in_words(reason))


Cleaner = Callable[[str], str]


def clean(value: S) -> S:
    """`value` with every marked text in normal form; Invalid that names the first field that is no clean text."""
    changes: dict[str, object] = {}
    for name, cleaner in _cleaners(type(value)).items():
        given = getattr(value, name)
        if given is None or given is UNSET:
            continue
        cleaned = _clean_field(name, given, cleaner)
        if cleaned != given:
            changes[name] = cleaned
    return msgspec.structs.replace(value, **changes) if changes else value


def _clean_field(name: str, given: object, cleaner: Cleaner | None) -> object:
    try:
        if isinstance(given, str) and cleaner is not None:
            return cleaner(given)
        if isinstance(given, (list, tuple)):
            return type(given)(_clean_field(f"{name}.{index}", each, cleaner) for index, each in enumerate(given))
        if isinstance(given, msgspec.Struct):
            return clean(given)
    except BadText as bad:
        raise Invalid("invalid", f"{name}: {bad.message}", errors=[FieldError(name, bad.code, bad.message)]) from None
    return given


@cache
def _cleaners(kind: type[msgspec.Struct]) -> dict[str, Cleaner | None]:
    """The fields that hold marked text, or Structs that may."""
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, Cleaner | None] = {}
    for name, hint in hints.items():
        metas = list(_metas(hint))
        marked = [_cleaner(meta) for meta in metas if meta.extra and "clean" in meta.extra]
        if marked:
            found[name] = marked[0]
        elif any(isinstance(part, type) and issubclass(part, msgspec.Struct) for part in _parts(hint)):
            found[name] = None
    return found


def _cleaner(meta: msgspec.Meta) -> Cleaner:
    maximum = meta.max_length or 0
    minimum = meta.min_length or 0
    one_line = (meta.extra or {})["clean"] == "line"

    def run(value: str) -> str:
        cleaned = clean_line(value, maximum) if one_line else clean_text(value, maximum)
        if len(cleaned) < minimum:
            raise BadText("too_short", f"must have at least {minimum} character{'s' * (minimum > 1)}")
        return cleaned

    return run


def _metas(hint: Any) -> Iterable[msgspec.Meta]:  # Any: a type expression
    if get_origin(hint) is Annotated:
        yield from (meta for meta in hint.__metadata__ if isinstance(meta, msgspec.Meta))
        yield from _metas(hint.__origin__)
    else:
        for part in get_args(hint):
            yield from _metas(part)


def _parts(hint: Any) -> Iterable[Any]:  # Any: type expressions
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


@cache
def _list_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    hints = get_type_hints(kind)
    return frozenset(
        name for name, hint in hints.items() if any(get_origin(part) in (list, tuple) for part in _parts(hint))
    )
