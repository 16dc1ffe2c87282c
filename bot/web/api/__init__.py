"""`/api/v1`: figures for other programs. `models` and `document` (OpenAPI) say what the answers of `views` are."""
