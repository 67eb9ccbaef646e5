"""Web addresses as names of articles: only http(s), absolute, without what trackers and sessions add."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 4_000  # characters; browsers and servers refuse longer addresses
PORTS = {"http": 80, "https": 443}
# Parameters that name the reader's way to the page, never the page: of campaigns, mailings, social networks.
TRACKING = re.compile(
    r"(?:utm|mtm|pk|hsa|at)_\w+|(?:fb|gc|dcl|ms|tw|yc|wbra|gbra)l?id|fbclid|igshid|mc_[ce]id|_hs(?:enc|mi)|"
    r"ocid|cmpid|smid|ref_src|partner|ns_(?:campaign|mchannel|source|linkname|fee)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_RISKY = re.compile(r"[\x00-\x1f\x7f\\]")


def absolute(address: str | None, base: str | None = None) -> str | None:
    """The address made absolute from `base`, or None when it is no http(s) address: `javascript:` never is."""
    if not address or len(address) > LONGEST:
        return None
    try:
        joined = urljoin(base or "", address.strip())
        parts = urlsplit(joined)
        if parts.scheme not in PORTS or not parts.hostname or _RISKY.search(joined):
            return None
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return None
    return _CONTROL.sub("%20", joined)


def canonical(address: str) -> str:
    """The one spelling of an http(s) address: host in lower case, no default port, fragment or tracking parameter."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}"
    query = parts.query
    if any(TRACKING.fullmatch(piece.partition("=")[0]) for piece in query.split("&")):
        kept = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if not TRACKING.fullmatch(key)]
        query = urlencode(kept)
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def host_of(address: str | None) -> str | None:
    """The host of an address without "www.", or None."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def without_password(address: str) -> str:
    """The address as logs may show it: no user, no password, no values of parameters that look like keys."""
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    query = re.sub(r"((?:key|token|auth|pass|secret|sig)\w*=)[^&]+", r"\1…", parts.query, flags=re.IGNORECASE)
    return urlunsplit((parts.scheme, place, parts.path, query, parts.fragment))
