"""What does one cell say, and can it be read with certainty? One pure function a kind: text in, value and codes out."""
