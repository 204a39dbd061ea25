"""Reshooting: a film in hand, its shots changed one by one, made again where that matters, and nothing ever lost."""
