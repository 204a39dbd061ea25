"""Light as paint: tones, palettes, shadows, lamps and edges."""
