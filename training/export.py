"""Makes the shipped model from trained weights: ONNX, int8 weights per channel, labels and a note of what was measured.

    python -m training.export --run scratch/run --out src/sayso/weights [--fp32]

Dynamic quantisation takes its activation scales from each run of the graph, so the product runs one sentence at a time:
then no sentence's result depends on its neighbours.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.model import Reader

INPUTS = ("pieces", "cases", "first", "last")
OUTPUTS = ("tags", "arcs", "relations", "links")


def load(run: Path) -> tuple[Reader, dict]:
    """The trained model and its labels. A run that is not finished gives its last checkpoint."""
    labels = json.loads((run / "labels.json").read_text())
    model = Reader({t: len(v) for t, v in labels["tags"].items()}, {g: len(v) for g, v in labels["pairs"].items()})
    done = run / "model.pt"
    state = torch.load(done) if done.exists() else torch.load(run / "checkpoint.pt", weights_only=False)["model"]
    model.load_state_dict(state)
    return model.eval(), labels


def to_onnx(model: Reader, path: Path) -> None:
    """The graph for one sentence: word pieces (1, p) and words (1, n) of any number."""
    pieces, cases = torch.randint(1000, 2000, (1, 12)), torch.ones(1, 12, dtype=torch.long)
    first, last = torch.tensor([[1, 2, 4, 6, 8]]), torch.tensor([[1, 3, 5, 7, 11]])
    axes = {"pieces": {1: "p"}, "cases": {1: "p"}, "first": {1: "n"}, "last": {1: "n"}}
    axes |= {"tags": {1: "n"}, "arcs": {1: "n", 2: "n1"}, "relations": {1: "n"}, "links": {1: "n", 2: "n"}}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (pieces, cases, first, last),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--run", type=Path, default=Path("scratch/run"))
    ask.add_argument("--out", type=Path, default=Path("src/sayso/weights"))
    ask.add_argument("--fp32", action="store_true", help="keep full precision (to measure what int8 costs)")
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    model, labels = load(told.run)
    plain, ready = told.run / "plain.onnx", told.run / "ready.onnx"
    to_onnx(model, plain)
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    final = told.out / "model.onnx"
    if told.fp32:
        shutil.copy(ready, final)
    else:
        quantize_dynamic(str(ready), str(final), per_channel=True, weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(final))
    layout = {
        "tags": {t: labels["tags"][t] for t in model.task_names},
        "deprel": labels["tags"]["deprel"],
        "pairs": labels["pairs"],
    }
    (told.out / "labels.json").write_text(json.dumps(layout, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{final}: {final.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
