"""What stands behind ./portal: the portal installed, started, tested and saved on one machine."""
