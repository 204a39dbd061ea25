"""See DESIGN: shots/render."""
