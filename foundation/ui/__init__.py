"""The look: plain values, and the pure functions that draw them."""
