"""Pages of votes: voting, results, and what organisers prepare."""
