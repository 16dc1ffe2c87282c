"""Books: everything kept about a campaign as sheets in Chinese, and the files that they are handed out in."""
