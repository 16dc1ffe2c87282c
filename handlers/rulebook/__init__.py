"""Answers to questions from the rulebook and the fields of a campaign."""
