"""Watching takes: what a take was to show, what it shows, and whether that will do."""
