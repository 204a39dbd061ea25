"""The script supervisor: keeps a director's shots to story time, and writes the continuity report."""
