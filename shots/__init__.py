"""How a film holds together: storyboard, graph, continuity, blocking, timing, takes, cut and board."""
