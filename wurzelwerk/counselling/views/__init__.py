"""Pages of counselling, one file a part of the work; thin: open, ask, act, answer."""
