"""See DESIGN: shots/continuity."""
