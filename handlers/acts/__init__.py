"""acts: what a word and a button both do, one function each. Authority stays inside the write that the store makes."""
