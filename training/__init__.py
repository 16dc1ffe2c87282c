"""Programs that make the trained artefacts of the package; they need the development dependencies."""
