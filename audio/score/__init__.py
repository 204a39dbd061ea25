"""The score: composed (`compose`), written out (`midi`) and played (`ensemble`, `soundfont`, `generated`)."""
