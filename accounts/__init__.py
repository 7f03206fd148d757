"""Who takes part: people, organisations, roles, areas, consent. Holds no content of any kind."""
