"""What rooms above may want to know of Akten; receivers run inside the same transaction."""

from django.dispatch import Signal

# Sent with `akte`, `by`, `at`, when an Akte has been handed to another team.
akte_moved = Signal()
