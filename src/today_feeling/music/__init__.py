"""Where music comes from, each source behind one protocol."""
