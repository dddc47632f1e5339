"""Marks, sheets and standings, by exact arithmetic."""
