"""Pages of the desk: the queue, other homes, "qualified yet?", the register."""
