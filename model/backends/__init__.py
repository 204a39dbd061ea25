"""See DESIGN: model/backends."""
