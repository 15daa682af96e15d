"""Training the style model: sequences in, one ONNX file out.

The only room that imports torch (the ``train`` extra). Nothing in the running
program imports from here; the two meet in the ONNX file alone. Extraction
writes what ``datasets`` and ``archive`` read, which know nothing of torch.
"""
