"""See DESIGN: shots/blocking."""
