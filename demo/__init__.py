"""Stories, people and public figures for development and tests. Refused in production."""
