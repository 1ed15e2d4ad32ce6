"""Reading the CSV files that come in: pure parsing, every row's mistakes with their line and remedy."""
