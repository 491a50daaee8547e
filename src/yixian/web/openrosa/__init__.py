"""OpenRosa: the addresses that ODK Collect, Enketo and our own field app fetch forms from and send sheets to."""
