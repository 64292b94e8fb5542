"""An example client of Newsprism."""
