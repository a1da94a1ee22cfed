"""Pages of housing, thin: read, ask an action, answer."""
