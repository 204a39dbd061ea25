"""Training the autoencoder and the transformer: clips, optimisers, a run that can be stopped and resumed."""
