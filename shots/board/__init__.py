"""See DESIGN: shots/board."""
