# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
"""The model-local ONNX function org.denseshift::DenseShiftWeight: packed codes -> float ±2^S.

docs/networks.md specifies it. The body uses operators of opset 15 only.
"""

import numpy as np
from onnx import AttributeProto, helper, numpy_helper

DOMAIN = "org.denseshift"
NAME = "DenseShiftWeight"

CONSTANTS = {
    "zero": np.int64(0),
    "one": np.int64(1),
    "first": np.array([0], np.int64),
    "all": np.array([-1], np.int64),
    "axis1": np.array([1], np.int64),
    "one_f": np.float32(1),
    "two_f": np.float32(2),
    "two_u": np.uint8(2),
    "positions": np.arange(8, dtype=np.uint8),
}

# (operator, inputs, output, attributes), in order.
BODY = [
    # The bit stream: bit j is bit j mod 8 of byte j / 8. Drop the padding at its end.
    ("Unsqueeze", "codes axis1", "bytes", {}),
    ("BitShift", "bytes positions", "shifted", {"direction": "RIGHT"}),
    ("Mod", "shifted two_u", "bit_table", {}),
    ("Reshape", "bit_table all", "padded_stream", {}),
    ("ReduceProd", "shape", "count", {"keepdims": 1}),
    ("Mul", "count bits", "length", {}),
    ("Slice", "padded_stream first length", "stream", {}),
    # One row of n bits for each code, least significant first: the exponent, then the sign.
    ("Concat", "all bits", "row_shape", {"axis": 0}),
    ("Reshape", "stream row_shape", "rows", {}),
    ("Cast", "rows", "digits", {"to": 1}),
    ("Sub", "bits one", "sign_position", {}),
    ("Slice", "digits first sign_position axis1", "exponent_digits", {}),
    ("Slice", "digits sign_position bits axis1", "sign_digit", {}),
    # S = sum of exponent digit k times 2^k.
    ("Squeeze", "sign_position", "exponent_bits", {}),
    ("Range", "zero exponent_bits one", "digit_index", {}),
    ("Cast", "digit_index", "digit_index_f", {"to": 1}),
    ("Pow", "two_f digit_index_f", "digit_values", {}),
    ("Mul", "exponent_digits digit_values", "exponent_terms", {}),
    ("ReduceSum", "exponent_terms axis1", "exponent", {"keepdims": 1}),
    # weight = (1 - 2 * sign) * 2^S.
    ("Pow", "two_f exponent", "magnitude", {}),
    ("Mul", "sign_digit two_f", "twice_sign", {}),
    ("Sub", "one_f twice_sign", "sign", {}),
    ("Mul", "sign magnitude", "flat_weight", {}),
    ("Reshape", "flat_weight shape", "weight", {}),
]


def attribute_constant(output, kind, name, attribute_type):
    """A Constant node whose value is the function's attribute name."""
    node = helper.make_node("Constant", [], [output])
    node.attribute.append(AttributeProto(name=kind, ref_attr_name=name, type=attribute_type))
    return node


def weight_function():
    """The FunctionProto."""
    nodes = [
        attribute_constant("shape", "value_ints", "shape", AttributeProto.INTS),
        attribute_constant("bits_scalar", "value_int", "bits", AttributeProto.INT),
    ]
    for output, value in CONSTANTS.items():
        tensor = numpy_helper.from_array(np.asarray(value))
        nodes.append(helper.make_node("Constant", [], [output], value=tensor))
    nodes.append(helper.make_node("Unsqueeze", ["bits_scalar", "first"], ["bits"]))
    for operator, inputs, output, attributes in BODY:
        nodes.append(helper.make_node(operator, inputs.split(), [output], **attributes))
    opsets = [helper.make_opsetid("", 15)]
    attributes = ["bits", "shape"]
    return helper.make_function(DOMAIN, NAME, ["codes"], ["weight"], nodes, opsets, attributes)
