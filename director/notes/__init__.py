"""Notes on a storyboard: what a person wants changed, as operations on ids, shown before they are applied."""
