"""Forms of counselling, one file a part of the work."""
