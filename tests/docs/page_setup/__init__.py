"""What pages of the documentation take for granted, and what is checked of them beside what they print."""
