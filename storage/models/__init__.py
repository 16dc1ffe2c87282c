"""What crosses the border to Redis, as frozen values."""
