"""Revised drafts: a new screenplay for a film that was planned before, with what was worked on kept."""
