"""From requests to takes: keys, the store of takes, the plan with its reasons, and the run."""
