"""JSON Schemas of everything that is sent, and an example of each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from headway.changes.work import Kind

Schema = dict[str, Any]  # Any: JSON Schema

REFERENCE: Final = "#/components/schemas/"
SAMPLE_ID: Final = "0198c5f2-7a1b-7c3d-8e4f-5a6b7c8d9e0f"
_FORMATS: Final = {
    "date-time": "2026-11-23T15:30:00Z",
    "date": "2026-11-23",
    "time": "15:30:00",
    "email": "ada@example.com",
}
_SAMPLES: Final = (
    "Water the plants",
    SAMPLE_ID,
    "OPS",
    "Europe/Berlin",
    "ada@example.com",
    "#2f6fed",
    "09:30",
    "2026-11-23",
    "123456",
    "correct horse battery staple",
    "en",
    "a",
)
_TYPED: Final[Mapping[str, object]] = {"boolean": True, "number": 1.5, "null": None}


class FieldErrorShape(msgspec.Struct, frozen=True):
    """One field of the input that could not be taken."""

    field: str
    code: str
    message: str


class ProblemShape(msgspec.Struct, frozen=True):
    """A refusal (RFC 9457). `code` is stable; some problems have further members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldErrorShape]


class Schemas:
    """The schema of each of some types, by reference; all that they refer to are `components`."""

    def __init__(self, types: Iterable[Any]) -> None:  # Any: type expressions
        wanted = [*types, ProblemShape]
        schemas, components = msgspec.json.schema_components(wanted, ref_template=REFERENCE + "{name}")
        self._of = dict(zip(map(repr, wanted), schemas, strict=True))
        self.components: dict[str, Schema] = components
        self.problem = self.of(ProblemShape)

    def of(self, kind: Any) -> Schema:
        """The schema of one of the types. Any: a type expression."""
        return self._of[repr(kind)]

    def resolved(self, schema: Schema) -> Schema:
        """What a reference stands for."""
        name = schema.get("$ref", "").removeprefix(REFERENCE)
        return self.components[name] if name else schema

    def describe_kinds(self, kinds: Sequence[Kind[Any]]) -> list[str]:
        """Add what the entries of each kind tell; the names of the schemas."""
        names = []
        for kind in kinds:
            fields = [each for each in msgspec.structs.fields(kind.row) if each.name not in kind.silent]
            row = msgspec.defstruct(f"Told{kind.name.title()}", [(each.encode_name, each.type) for each in fields])
            (_,), components = msgspec.json.schema_components([row], ref_template=REFERENCE + "{name}")
            told = components.pop(row.__name__)
            name = f"entry.{kind.name}"
            properties = told.get("properties", {})
            description = (
                f"Fields of entries of the kind `{kind.name}`: all on create and enter, what changed on update."
            )
            self.components |= {
                **components,
                name: {"type": "object", "description": description, "properties": properties},
            }
            names.append(name)
        return names

    def example(self, schema: Schema) -> object:
        """A value that fits a schema: what must be there, and nothing else."""
        schema = without_null(self.resolved(schema))
        while "anyOf" in schema:
            schema = self.resolved(schema["anyOf"][0])
        given = schema.get("enum", [schema.get("const")])[0]
        if given is not None:
            return given
        match schema.get("type", "object"):
            case "object":
                return {name: self.example(schema["properties"][name]) for name in schema.get("required", [])}
            case "array":
                return [self.example(schema.get("items", {})) for _ in range(schema.get("minItems", 0))]
            case "string":
                return _string(schema)
            case "integer":
                return schema.get("minimum", 1)
            case kind:
                return _TYPED[kind]


def without_null(schema: Schema) -> Schema:
    """A schema without the alternative null: a parameter is left out instead."""
    choices = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    if not choices:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**choices[0], **rest} if len(choices) == 1 else {**rest, "anyOf": choices}


def _string(schema: Schema) -> str:
    """The first sample that fits; one of the field's own goes before."""
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 200)
    pattern = re.compile(schema.get("pattern", ""))
    fitting = (each for each in _SAMPLES if shortest <= len(each) <= longest and pattern.search(each))
    return str(schema.get("examples", [next(fitting, "x" * shortest)])[0])
