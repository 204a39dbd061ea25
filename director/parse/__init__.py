"""See DESIGN: director/parse."""
