"""Tables that come in: a sheet's rows by their headings, compared with what is kept, and written on a yes."""
