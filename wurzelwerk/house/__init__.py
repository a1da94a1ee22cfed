"""The roof: settings, addresses and the list of rooms. Nothing below imports it."""
