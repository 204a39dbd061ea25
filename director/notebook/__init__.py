"""A film in a notebook: how its objects show themselves, and the widget to reshoot it with."""
