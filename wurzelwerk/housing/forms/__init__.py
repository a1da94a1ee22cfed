"""Forms of housing, one file a subject."""
