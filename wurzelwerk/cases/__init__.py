"""The first trunk: people, households and the matters they come with."""
