"""自己算一算: anybody enters house, land, trees and people and sees the lines with their clauses. Nothing is kept."""
