"""From corpora to weights: everything needed to train the encoder and its heads again. Not in the wheel."""
