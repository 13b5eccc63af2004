"""Playing acts through the portal's own services, each by its actor and at its moment."""
