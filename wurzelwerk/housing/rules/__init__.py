"""Person first, then state: what stands against a write in housing, one file an aggregate."""
