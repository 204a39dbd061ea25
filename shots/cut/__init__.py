"""See DESIGN: shots/cut."""
