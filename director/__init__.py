"""See DESIGN: director."""
