"""What the state has decreed about holidays, from a data package, as the desk's own values."""
