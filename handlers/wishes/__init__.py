"""What a wish names, behind a word of the bot or in a sentence: which teams, table, picture, amount, or code."""
