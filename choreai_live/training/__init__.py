"""Training of style models; needs the ``train`` extra (torch)."""
