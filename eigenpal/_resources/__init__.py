"""What is added by hand to the generated client tree."""
