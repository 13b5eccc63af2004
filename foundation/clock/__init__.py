"""The portal clock: ``moments.now()`` is the only source of the domain's now."""
