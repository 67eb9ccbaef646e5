"""Mail addresses as people write them: Ann Example <ann@example.org>, or the bare address."""

from __future__ import annotations

import re

__all__ = ["domain_of", "split_address", "wire_address"]


def split_address(given: str) -> tuple[str, str]:
    """(display name, address); the name may hold commas and quotation marks, quoted or not."""
    found = re.fullmatch(r"(.*?)<([^<>]*)>\s*", given, re.DOTALL)
    if found is None:
        return "", given.strip()
    name = found[1].strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return name, found[2].strip()


def domain_of(given: str) -> str:
    """The part behind the @, as the DNS has it: ASCII. Raises `ValueError` for what no DNS can hold."""
    domain = split_address(given)[1].rpartition("@")[2]
    return domain if domain.isascii() else domain.encode("idna").decode()


def wire_address(given: str) -> str:
    """The address as a mail server is told it: what stands before the @ stays as it is."""
    return f"{split_address(given)[1].rpartition('@')[0]}@{domain_of(given)}"
