"""Pretrained weights on this machine: which are known, what they need, their licences, fetching and verifying them."""
