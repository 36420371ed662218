#!/usr/bin/env python3
"""Makes what lies beside it: a gradient-boosted model of 100 trees, and cases of what it must say.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python make_model.py

trees.onnx   the model, for every library that reads ONNX
trees.txt    the same trees as LightGBM wrote them, for libraries that read those
cases.json   rows, and the scores that LightGBM itself, which trained the model, gives them: what services are held to

The same seed and the same versions make the same files.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper

HERE = Path(__file__).parent
SEED = 15
FEATURES = 16
TREES = 100
HIGHEST = 1000  # of a feature; all are whole numbers, so that no threshold falls on one
TRAINED_ON = 20_000
CASES = 300


def make_rows(random, count):
    return random.integers(0, HIGHEST, size=(count, FEATURES), endpoint=True)


def make_labels(random, rows):
    """Something that trees can learn and a line cannot, with noise."""
    x = rows / HIGHEST
    level = 3 * x[:, 0] * x[:, 1] - 2 * (x[:, 2] > 0.6) * x[:, 3] + np.sin(6 * x[:, 4]) + x[:, 5] ** 2
    level += (x[:, 6] - x[:, 7]) * (x[:, 8] > x[:, 9]) - 1.2
    return (level + random.normal(0, 0.6, len(rows)) > 0).astype(int)


def train():
    random = np.random.default_rng(SEED)
    rows = make_rows(random, TRAINED_ON)
    data = lightgbm.Dataset(rows.astype(np.float64), make_labels(random, rows))
    settings = {
        "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 50,
        "seed": SEED, "deterministic": True, "num_threads": 1, "force_row_wise": True, "verbose": -1,
    }
    return lightgbm.train(settings, data, num_boost_round=TREES)


class Nodes:
    """The attributes of ONNX's TreeEnsembleClassifier: a list each, with an entry a node, or a leaf."""

    def __init__(self):
        self.of = {name: [] for name in (
            "nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids",
            "nodes_falsenodeids", "class_treeids", "class_nodeids", "class_ids", "class_weights")}

    def add_tree(self, tree_id, root):
        self._next = 0
        self._add(tree_id, root)

    def _add(self, tree_id, node):
        number = self._next
        self._next += 1
        place = len(self.of["nodes_nodeids"])
        leaf = "leaf_value" in node
        for name, value in (("treeids", tree_id), ("nodeids", number), ("featureids", 0), ("values", 0.0),
                            ("modes", "LEAF" if leaf else "BRANCH_LEQ"), ("truenodeids", 0), ("falsenodeids", 0)):
            self.of["nodes_" + name].append(value)
        if leaf:
            for name, value in (("treeids", tree_id), ("nodeids", number), ("ids", 0), ("weights", node["leaf_value"])):
                self.of["class_" + name].append(value)
            return number
        if node["decision_type"] != "<=" or node["default_left"] is not True and node["missing_type"] != "None":
            raise ValueError(f"a node that this script does not know: {node['decision_type']}")
        self.of["nodes_featureids"][place] = node["split_feature"]
        self.of["nodes_values"][place] = node["threshold"]
        self.of["nodes_truenodeids"][place] = self._add(tree_id, node["left_child"])
        self.of["nodes_falsenodeids"][place] = self._add(tree_id, node["right_child"])
        return number


def to_onnx(model):
    nodes = Nodes()
    for number, tree in enumerate(model.dump_model()["tree_info"]):
        nodes.add_tree(number, tree["tree_structure"])
    node = helper.make_node(
        "TreeEnsembleClassifier", ["features"], ["label", "probabilities"], domain="ai.onnx.ml",
        classlabels_int64s=[0, 1], post_transform="LOGISTIC", **nodes.of)
    graph = helper.make_graph(
        [node], "trees",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", FEATURES])],
        [helper.make_tensor_value_info("label", TensorProto.INT64, ["rows"]),
         helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["rows", 2])])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid("ai.onnx.ml", 1)],
                             producer_name="twofold", ir_version=8)
    onnx.checker.check_model(made)
    return made


def write_cases(model, path):
    rows = make_rows(np.random.default_rng(SEED + 1), CASES)
    scores = model.predict(rows.astype(np.float64))
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows.tolist())
    scored = ",\n".join(repr(float(score)) for score in scores)
    path.write_text(f'{{"rows": [\n{lines}\n],\n"scores": [\n{scored}\n]}}\n')


def main():
    model = train()
    onnx.save(to_onnx(model), HERE / "trees.onnx")
    # The parameters that it was trained with are of no use to who reads the trees. Of trees without categories or
    # linear leaves all versions of the format have the same lines, and Go's leaves reads those that say v2.
    text = model.model_to_string().split("\nparameters:\n")[0]
    (HERE / "trees.txt").write_text(text.replace("version=v4", "version=v2") + "\n")
    write_cases(model, HERE / "cases.json")


if __name__ == "__main__":
    main()
