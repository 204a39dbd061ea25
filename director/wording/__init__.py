"""A shot in the words that a picture engine was trained on: what its stage shows, and nothing else."""
