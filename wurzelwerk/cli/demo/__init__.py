"""The demo city: an invented network that is filled by running the actions, nothing else."""

PASSWORD = "wurzelwerk-demo"
"""The one password of the cast; the demo city is for looking, never for real people."""
