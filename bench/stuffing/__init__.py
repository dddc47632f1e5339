"""How well stuffed ballots are found, on contests that this folder makes up."""
