"""What engines with control are steered by, drawn from a Stage in the colours they were trained on."""
