"""Shows: the pages that people open in a browser, rendered here, in Chinese, with nothing from foreign hosts."""
