"""概算: what is approved under each budget head, version after version, and decisions to go beyond."""
