"""What a bot can call, one file per family of APIs, and the table of all of them."""
