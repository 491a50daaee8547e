"""Quizzes' tables."""

from yixian.quizzes.models.attempt import QuizAnswer, QuizAttempt

__all__ = ["QuizAnswer", "QuizAttempt"]
