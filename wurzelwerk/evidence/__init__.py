"""Facts: what happened, under pseudonyms, for funders and for learning."""
