"""Who may see what, and why: guarded folders (Akten), circles, grants, releases."""
