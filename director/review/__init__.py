"""Reviewing a film: watched in a browser on this machine, commented on, approved shot by shot; and mailed as a folder.

Nothing here changes the film. What is said of it lies in `comments.json` in the film's folder.
"""
