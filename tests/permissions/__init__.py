"""Who may do what, at every address and every live topic: tables that are read, and worlds that check them."""
