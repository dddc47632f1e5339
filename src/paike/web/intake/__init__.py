"""Where ballots arrive: a plain ASGI application under `/intake/`, beside Django."""
