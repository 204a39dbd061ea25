"""Language models as a callable: what is asked, how an answer is checked and mended, kept and paid for."""
