"""Looking into elements. Their names have no namespace: `parse` takes it off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from wurzelwerk.housing.openimmo.text import PLACEHOLDERS


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The direct children with this name, in order."""
    return [] if element is None else list(element.iterchildren(name))


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element at this path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def text_of(element: etree._Element | None) -> str:
    """All text inside the element, "" for None; the placeholders "-" and "--" count as empty."""
    if element is None:
        return ""
    text = (element.text or "") if len(element) == 0 else "".join(element.itertext())
    return "" if text.strip() in PLACEHOLDERS else text


def attribute(element: etree._Element | None, name: str) -> str:
    """The attribute's value, found without regard to case or namespace; "" where there is none."""
    if element is None:
        return ""
    exact = element.get(name)
    if exact is not None:
        return str(exact)
    wanted = name.lower()
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1].lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as it stands in the file, and its line. Lines are unknown (None) where the parser lost them."""

    text: str
    line: int | None

    @property
    def empty(self) -> bool:
        return not self.text.strip()


def raw_value(element: etree._Element | None, path: tuple[str, ...], name: str = "") -> Raw:
    """The text, or the attribute `name`, of the first element at the path."""
    found = child(element, *path)
    if found is None:
        return Raw("", None)
    return Raw(attribute(found, name) if name else text_of(found), found.sourceline)


def user_fields(element: etree._Element) -> Iterator[tuple[str, Raw]]:
    """All user defined values below the element, as (name in small letters, value), in all three notations."""
    for item in element.iter("user_defined_simplefield"):
        yield attribute(item, "feldname").strip().lower(), Raw(text_of(item), item.sourceline)
    for outer in element.iter("user_defined_anyfield"):
        for item in outer.iter():
            name = attribute(item, "fieldname") or attribute(item, "feldname")
            if name:
                yield name.strip().lower(), Raw(attribute(item, "fieldvalue") or text_of(item), item.sourceline)
    for outer in element.iter("user_defined_extend"):
        for item in children(outer, "feld"):
            yield text_of(child(item, "name")).strip().lower(), Raw(text_of(child(item, "wert")), item.sourceline)
