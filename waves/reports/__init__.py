"""Reports of this floor: each declared once, as data; the floor above draws and prints them."""
