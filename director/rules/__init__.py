"""See DESIGN: director/rules."""
