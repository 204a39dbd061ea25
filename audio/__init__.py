"""See DESIGN: audio."""
