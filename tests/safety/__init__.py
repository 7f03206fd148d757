"""What can go wrong, across all rooms: forged requests, scripts in texts, leaks, headers, redirects."""
