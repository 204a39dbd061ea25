"""The one error of `model`, told in a sentence that says what, where and the fix."""

__all__ = ["PictureError"]


class PictureError(Exception):
    """A picture that cannot be made as asked."""
