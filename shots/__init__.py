"""See DESIGN: shots."""
