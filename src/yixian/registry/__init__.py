"""The register: places, bodies, people and households — who is where."""
