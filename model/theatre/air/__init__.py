"""Sky, weather, fire, fog and wet ground."""
