"""One module per command of the `paike` command line, each with `run(arguments) -> int`."""
