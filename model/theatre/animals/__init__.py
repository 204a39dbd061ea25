"""Animals drawn and moved, alone and in flocks."""
