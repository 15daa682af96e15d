"""A TensorFlow.js graph model as it was published: nodes, constants, signature.

The format is a JSON file (``modelTopology``: a TensorFlow GraphDef,
``weightsManifest``: where each constant lies in the weight files, ``signature``:
names of inputs and outputs) and binary weight files beside it;
https://github.com/tensorflow/tfjs/tree/master/tfjs-converter.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


class ConversionError(Exception):
    """The graph is damaged, or uses something this converter does not know."""


@dataclass(frozen=True)
class Reference:
    """One output of one node, written ``name`` or ``name:output`` in the graph."""

    node: str
    output: int = 0

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Read ``name`` or ``name:output``."""
        name, _, output = text.partition(":")
        return cls(name, int(output or 0))


@dataclass(frozen=True)
class Node:
    """One TensorFlow operation, its attributes turned into plain Python values.

    Attributes
    ----------
    name, operator
        As in the graph.
    inputs
        What it reads, in order.
    attributes
        Text as ``str``, numbers as ``int`` or ``float``, lists of them as
        ``list``, a shape as a list with None for an unknown size, a type by
        its TensorFlow name such as ``"DT_FLOAT"``.
    """

    name: str
    operator: str
    inputs: tuple[Reference, ...]
    attributes: dict[str, Any]


@dataclass(frozen=True)
class GraphModel:
    """A whole graph model.

    Attributes
    ----------
    nodes
        Every node by name, constants included.
    constants
        The values of the ``Const`` nodes: float32, int32, bool or uint8 arrays.
    outputs
        The public name of every output, and where it comes from.
    """

    nodes: dict[str, Node]
    constants: dict[str, npt.NDArray[Any]]
    outputs: dict[str, Reference]

    def needed_for(self, wanted: Iterable[str]) -> Iterator[Node]:
        """Yield the nodes that the named outputs depend on, each after its inputs.

        Raises
        ------
        ConversionError
            If the model has no such output, or a node reads one that is missing.
        """
        finished: set[str] = set()
        for output in wanted:
            if output not in self.outputs:
                raise ConversionError(
                    f"the model has no output '{output}', only {', '.join(self.outputs)}"
                )
            waiting = [self.outputs[output].node]
            while waiting:
                name = waiting[-1]
                if name not in self.nodes:
                    raise ConversionError(f"the graph lacks its node '{name}'")
                node = self.nodes[name]
                unread = [r.node for r in node.inputs if r.node not in finished]
                if unread and name not in finished:
                    waiting.extend(reversed(unread))
                    continue
                waiting.pop()
                if name not in finished:
                    finished.add(name)
                    yield node


def read(model_json: bytes, weight_file: Callable[[str], bytes]) -> GraphModel:
    """Read a graph model.

    Parameters
    ----------
    model_json
        Content of the model's JSON file.
    weight_file
        Returns the content of a weight file, given its path as written in the
        JSON file.

    Raises
    ------
    ConversionError
        If the files are not a graph model, or do not fit together.
    """
    try:
        model = json.loads(model_json)
        nodes = [_node(written) for written in model["modelTopology"]["node"]]
        constants: dict[str, npt.NDArray[Any]] = {}
        for group in model["weightsManifest"]:
            data = b"".join(weight_file(path) for path in group["paths"])
            constants.update(_constants(group["weights"], data))
        outputs = {
            name: Reference.parse(described["name"])
            for name, described in model["signature"]["outputs"].items()
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ConversionError(f"this is not a TensorFlow.js graph model ({error!r})") from error
    return GraphModel({node.name: node for node in nodes}, constants, outputs)


def _constants(described: list[dict[str, Any]], data: bytes) -> dict[str, npt.NDArray[Any]]:
    """Cut the weight data, which lies end to end, into named arrays."""
    constants: dict[str, npt.NDArray[Any]] = {}
    position = 0
    for weight in described:
        quantization = weight.get("quantization", {})
        if "scale" in quantization:
            raise ConversionError(f"weight '{weight['name']}' has an affine quantization")
        stored = np.dtype(quantization.get("dtype", weight["dtype"])).newbyteorder("<")
        count = int(np.prod(weight["shape"], dtype=np.int64))
        array = np.frombuffer(data, stored, count, position).reshape(weight["shape"])
        position += array.nbytes
        # float16 is only how the weights travel: TensorFlow.js, too, widens
        # them to float32 before it computes anything.
        constants[weight["name"]] = array.astype(weight["dtype"])
    if position != len(data):
        raise ConversionError(
            f"the weight file holds {len(data)} bytes where the model describes {position}"
        )
    return constants


def _node(written: dict[str, Any]) -> Node:
    inputs = written.get("input", [])
    # "^name" only orders side effects, and these graphs have none.
    data_inputs = tuple(Reference.parse(i) for i in inputs if not i.startswith("^"))
    attributes = {
        key: _attribute(value)
        for key, value in written.get("attr", {}).items()
        if "tensor" not in value  # the value of a constant, which the weight files hold
    }
    return Node(written["name"], written["op"], data_inputs, attributes)


def _attribute(value: dict[str, Any]) -> Any:
    """Turn one protobuf AttrValue, as JSON writes it, into a plain value."""
    ((kind, content),) = value.items()
    if kind == "list":
        return [_attribute({one: entry}) for one, entries in content.items() for entry in entries]
    if kind == "s":
        return base64.b64decode(content).decode()
    if kind == "i":
        return int(content)
    if kind == "shape":
        sizes = [int(dimension["size"]) for dimension in content.get("dim", [])]
        return [None if size < 0 else size for size in sizes]
    return content
