"""Template tag that shows a room's panel: `{% load panels %}{% show_panel panel %}`."""

from django import template
from django.utils.safestring import SafeString

from wurzelwerk.desk.pages import ShownPanel

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context: template.Context, panel: ShownPanel) -> SafeString:
    """Render the panel's template with the page's context and its own on top."""
    found = context.template.engine.get_template(panel.template)
    with context.push(**panel.context):
        return found.render(context)
