"""Nouns as plain JSON values, and back; standard library only."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from briefing.model import Article

__all__ = ["from_record", "to_record"]

T = TypeVar("T")


def to_record(value: Any) -> Any:
    """Plain JSON values of a noun; an Article's `extra` fields stand beside its own."""
    if dataclasses.is_dataclass(value):
        # a field with metadata ("where_any") is left out where it is empty
        told = (f.name for f in dataclasses.fields(value) if getattr(value, f.name) or not f.metadata)
        record = {name: to_record(getattr(value, name)) for name in told}
        return {**record.pop("extra"), **record} if isinstance(value, Article) else record
    if isinstance(value, Mapping):
        return {key: to_record(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_record(inner) for inner in value]
    return value


def from_record(noun: type[T], record: Mapping[str, Any], *, strict: bool = False) -> T:
    """A noun from plain JSON values; unknown keys stay in an Article's `extra`, are ignored, or errors if `strict`.

    Raises `ValueError` naming the field that is missing or unknown or has the wrong type.
    """
    value = _decode(noun, record, noun.__name__, strict)
    if isinstance(value, Article):
        names = {f.name for f in dataclasses.fields(Article)}
        value = dataclasses.replace(value, extra={k: v for k, v in record.items() if k not in names})
    return typing.cast(T, value)


@functools.cache
def _hints(noun: type) -> dict[str, Any]:
    return typing.get_type_hints(noun)


def _decode(kind: Any, value: Any, where: str, strict: bool) -> Any:
    origin = typing.get_origin(kind)
    if kind is Any:
        return value
    if origin is Literal:
        if value not in typing.get_args(kind):
            raise ValueError(f"{where}: {value!r} is not one of {', '.join(map(repr, typing.get_args(kind)))}")
        return value
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _decode(next(a for a in typing.get_args(kind) if a is not type(None)), value, where, strict)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"{where}: a list is needed, not {type(value).__name__}")
        inner = typing.get_args(kind)[0]
        return tuple(_decode(inner, item, f"{where}[{number}]", strict) for number, item in enumerate(value))
    if dataclasses.is_dataclass(kind):
        return _decode_noun(typing.cast(type, kind), value, where, strict)
    if origin is not None:  # Mapping[str, ...]
        return _decode_mapping(kind, value, where, strict)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{where}: {kind.__name__} is needed, not {type(value).__name__}")
    return value


def _decode_mapping(kind: Any, value: Any, where: str, strict: bool) -> Any:
    """The mapping as it is; where its values are to be nouns, they are read as such."""
    inner = typing.get_args(kind)[-1]
    if not dataclasses.is_dataclass(inner):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: an object is needed, not {type(value).__name__}")
    return {key: _decode(inner, item, f"{where}.{key}", strict) for key, item in value.items()}


def _decode_noun(noun: type, value: Any, where: str, strict: bool) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: an object is needed, not {type(value).__name__}")
    names = [f.name for f in dataclasses.fields(noun)]
    if strict and (unknown := [key for key in value if key not in names]):
        raise ValueError(f"{where}.{unknown[0]}: no such key; known: {', '.join(names)}")
    known = {}
    for f in dataclasses.fields(noun):
        if f.name in value:
            known[f.name] = _decode(_hints(noun)[f.name], value[f.name], f"{where}.{f.name}", strict)
        elif f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
            raise ValueError(f"{where}: no {f.name!r}")
    return noun(**known)
