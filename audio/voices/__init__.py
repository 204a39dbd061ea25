"""See DESIGN: audio/voices."""
