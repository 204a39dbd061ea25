"""What is heard: speech and cues as data; voices, ambience, effects, the mix, captions."""
