"""The pages of the portal: opening a link, and what the office does for people without an account."""
