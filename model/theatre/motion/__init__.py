"""Where bodies and props are at a time: marks, steps, poses, acts and hands."""
