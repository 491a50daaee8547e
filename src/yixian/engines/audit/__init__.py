"""核查引擎: data checks of a survey that open questions for a person to answer: never a verdict, never a person's score."""
