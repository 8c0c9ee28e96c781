"""What do the numbers of a what-if mean? Put together in `metrics.whatif.measure`."""
