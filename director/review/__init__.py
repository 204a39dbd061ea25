"""Review: the film on a page of its own, with comments in the picture and at the second."""
