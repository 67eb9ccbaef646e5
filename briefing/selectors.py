"""Selectors of a user, CSS or XPath: checked when the configuration is read, matched when a page is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

__all__ = ["compiled", "select"]

FORMS = "CSS such as 'div.story > p', or XPath such as '//div[@id=\"story\"]'"
_XPATH = re.compile(r"\.?/|\(|[a-z-]+\(")  # how an XPath begins and a CSS selector cannot


@functools.cache
def compiled(selector: str) -> Any:
    """The selector as lxml's XPath object. Raises `ValueError` naming what is wrong, and the forms there are."""
    from cssselect import HTMLTranslator, SelectorError
    from lxml import etree

    try:
        given = selector.strip()
        path = given if _XPATH.match(given) else HTMLTranslator().css_to_xpath(given)
        made = etree.XPath(path, regexp=False)
        if not isinstance(made(etree.Element("html")), (list, str)):
            raise ValueError("it gives neither elements nor text")
    except (SelectorError, etree.XPathError, ValueError) as error:
        raise ValueError(f"no selector: {selector!r}: {error}; give {FORMS}") from error
    return made


def select(tree: Any, selectors: Iterable[str]) -> list[Any]:
    """What the selectors match in a parsed page, selector by selector: elements, or texts where an XPath ends in them.

    One that fails on this page (it calls a function that does not exist) matches nothing.
    """
    from lxml import etree

    found: list[Any] = []
    for selector in selectors:
        try:
            matched = compiled(selector)(tree)
        except etree.XPathError:
            continue
        found += matched if isinstance(matched, list) else [matched]
    return [item for item in found if isinstance(item, str) or isinstance(item.tag, str)]
