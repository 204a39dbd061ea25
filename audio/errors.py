"""The one error of `audio`, told in a sentence that says what, where and the fix."""

__all__ = ["SoundError"]


class SoundError(Exception):
    """A sound that cannot be made as asked."""
