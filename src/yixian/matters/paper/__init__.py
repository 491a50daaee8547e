"""纸面: what of a matter is put on paper — the receipt that a person takes along, and the letter of a decision."""
