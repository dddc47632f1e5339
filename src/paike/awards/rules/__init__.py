"""From votes and marks to prizes, by exact arithmetic."""
