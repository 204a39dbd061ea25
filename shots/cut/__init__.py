"""From takes to a film: the cut in frames, its cues, segments, joins by stream copy, an editor's timeline."""
