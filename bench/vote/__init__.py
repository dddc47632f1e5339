"""How many ballots a second, next to a normal Django view and to a server that stores nothing."""
