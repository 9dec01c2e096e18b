"""Pure rules: emotion, face geometry, time, music. Standard library and numpy only."""
