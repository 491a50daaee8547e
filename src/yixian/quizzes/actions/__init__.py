"""What is done with quizzes."""
