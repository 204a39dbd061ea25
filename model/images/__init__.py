"""Pretrained engines of single pictures: character sheets, plates of places, first frames."""
