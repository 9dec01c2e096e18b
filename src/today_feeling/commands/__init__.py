"""The commands of `today-feeling`, each imported only when it is called."""
