"""Many people at once, cheaply."""
