"""一线: what a cadre or party member does at the front line, on a phone; and what leads and households see of it."""
