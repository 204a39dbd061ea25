"""A screenplay from an idea or from prose: beats, then scenes, then Fountain for a writer to edit; never a film."""
