"""The sets: each builds, from a seed, the `Design` of one or more kinds of place in metres and neutral colours."""
