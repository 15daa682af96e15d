"""AlphaPose's pose networks in torch, for as long as it takes to make them ONNX files.

A checkpoint the user brings is recognised, checked, loaded into an own
implementation of its network and exported once; the program then runs the
ONNX file like any other and needs no torch. The networks were written from
the papers named in each module; names of layers are those of the published
state dicts, so that these load as they are.
"""
