"""Things that carry people, as solid forms seen truly from every side."""
