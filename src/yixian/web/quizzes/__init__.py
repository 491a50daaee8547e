"""应知应会的页面: taking a quiz, one's own results, and the figures of bodies."""
