"""Where foreign films are opened: one throw-away process per film, without network, files or
children. See docs/decisions for why."""
