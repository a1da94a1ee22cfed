"""The open interface: health, the interface's own description, and what is open to read."""
