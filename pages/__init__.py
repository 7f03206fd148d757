"""Home, search, help, errors, health, and the frame around every page."""
