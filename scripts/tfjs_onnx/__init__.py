"""Turns TensorFlow.js graph models into ONNX files; needs numpy and onnx only.

``graph`` reads the published files, ``builder`` writes the ONNX side, the three
operator tables (``images``, ``elementwise``, ``arrays``) say what each
TensorFlow operator becomes, and ``convert`` walks the graph.
"""
