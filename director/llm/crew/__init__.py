"""A film's crew as a language model plays it: what each is asked, what they may answer, and what is made of it."""
