"""How good the picture model is, measured where the truth is known: on stages, casts and places held out for good."""
