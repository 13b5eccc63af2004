"""HTTP input to clean values, by what is done."""
