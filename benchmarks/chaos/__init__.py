"""`make chaos`: an installation under load while one thing after another goes wrong, and what that cost."""
