"""The second trunk: the occasion to get something (this letting, this vacancy, this date)."""
