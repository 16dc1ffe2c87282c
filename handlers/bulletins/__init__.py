"""One issue of the bulletin in every form: `edition` says what is in it, `text`, `table` and `poster` how it looks."""
