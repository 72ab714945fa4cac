"""Measures the performance budgets: ``make bench``."""
