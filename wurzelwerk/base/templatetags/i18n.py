"""Django's `{% load i18n %}` with a shorter way for the plain `{% translate "…" %}`, of which a page has a hundred."""

from django.template import Context, Library
from django.template.base import Node, Parser, Token, Variable
from django.templatetags import i18n as djangos
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

register = Library()
register.tags.update(djangos.register.tags)
register.filters.update(djangos.register.filters)


class PlainTranslation(Node):
    """A sentence of the template itself, without filter, context or name: what gettext says, nothing else."""

    child_nodelists = ()

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence.replace("%", "%%")
        self._said: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the sentence in the language of the page."""
        language = get_language()
        if language not in self._said:
            self._said[language] = mark_safe(gettext(self.sentence).replace("%%", "%"))  # noqa: S308 - our own words
        return self._said[language]


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Compile `{% translate "…" %}`; everything but the plain sentence stays with Django."""
    node = djangos.do_translate(parser, token)
    said = node.filter_expression
    is_plain = not (node.noop or node.asvar or node.message_context or said.filters)
    if is_plain and isinstance(said.var, Variable) and isinstance(said.var.literal, str):
        return PlainTranslation(said.var.literal)
    return node
