"""The slower tagger that finds skills no vocabulary holds: for ``read --deep`` and ``discover``, never for the market."""
