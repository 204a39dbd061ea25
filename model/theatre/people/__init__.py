"""People drawn: bodies, faces, hair and clothes."""
