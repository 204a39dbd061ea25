"""A new draft of the screenplay, brought into a storyboard that people have worked on: nothing of theirs is lost.

Passages of both drafts are matched (`passages`, `matching`), each shot is found to cover some (`covering`), and what
stands, changes, comes and goes follows from that (`merge`). `revision` does it to a film's file; `report` tells it.
"""
