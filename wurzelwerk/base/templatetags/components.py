"""Hands the tags of components written in Python over to them; a builtin of every template, after django-cotton's own.

django-cotton turns `<c-badge …>` into `{% cotton badge … %}`. Its parser still reads the tag, so that attributes
mean the same for all components; only for those in `base.components.COMPONENTS` the writing is ours.
"""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django_cotton.templatetags import InlineTemplate, UnprocessableDynamicAttr
from django_cotton.templatetags.cotton import cotton_component
from django_cotton.utils import get_cotton_data

from wurzelwerk.base.components import COMPONENTS, Component, Use
from wurzelwerk.base.markup import text

register = template.Library()


class ComponentNode(Node):
    """One use of a component written in Python."""

    def __init__(self, component: Component, nodelist: NodeList, attributes: list[Any]) -> None:
        self.component = component
        self.nodelist = nodelist
        self.known, self.others = [], []
        for one in attributes:
            name = one.key.replace("-", "_")
            (self.known if name in component.known else self.others).append((name, one))

    def render(self, context: template.Context) -> SafeString:
        """Read the attributes, render the content with its slots, write."""
        given = {name: _value(one, context) for name, one in self.known}
        passed_on = [_written(one.key, _value(one, context)) for _name, one in self.others]
        use = Use(context, rest=" ".join(passed_on))
        if self.nodelist:
            stack = get_cotton_data(context)["stack"]
            stack.append({"key": "", "attrs": {}, "slots": use.slots})
            use.slot = self.nodelist.render(context)
            stack.pop()
        return mark_safe(self.component.write(use, **given))  # noqa: S308 - every component escapes what it is given


def _value(one: Any, context: template.Context) -> Any:
    """Return an attribute's value; a variable that is not there counts as nothing."""
    compiled = one.compiled
    if compiled is None:
        return one.value
    if isinstance(compiled, InlineTemplate):
        return compiled.nodelist.render(context)
    try:
        return compiled.resolve(context)
    except UnprocessableDynamicAttr:
        return "" if one.kind.name == "DYNAMIC" else one.value


def _written(name: str, value: Any) -> str:
    return name if value is True else f'{name}="{text(value)}"'


@register.tag("cotton")
def cotton(parser: Parser, token: Token) -> Node:
    """Compile `{% cotton name … %}`."""
    node = cotton_component(parser, token)
    component = COMPONENTS.get(node.component_name)
    return node if component is None else ComponentNode(component, node.nodelist, node._prepared_attrs)
