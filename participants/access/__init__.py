"""How the API knows who asks, pages its lists, and says no."""
