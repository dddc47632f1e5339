"""The ballot log's formats: leaves, trees, tiles, notes, promises, proofs.

docs/spec/ballot-log.md says what they are.
"""
