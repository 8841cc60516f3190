"""Makes the shipped model from trained weights: ONNX, int8 weights per channel, labels and a note of what was measured.

    python -m training.export --run scratch/run --out src/sayso/weights [--fp32]

Dynamic quantisation takes its activation scales from each run of the graph, so the product runs one window of sentences at a
time, cut by the text alone: then no report's result depends on what is read beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.model import Linking, Pairs, Reader, sizes_of


def load(run: Path) -> tuple[Reader, dict]:
    """The trained model and its labels. A run that is not finished gives its last checkpoint."""
    labels = json.loads((run / "labels.json").read_text())
    model = Reader(*sizes_of(labels["tags"], labels["pairs"]))
    done = run / "model.pt"
    state = torch.load(done) if done.exists() else torch.load(run / "checkpoint.pt", weights_only=False)["model"]
    model.load_state_dict(state)
    return model.eval(), labels


def to_onnx(model: Reader, folder: Path) -> dict[str, Path]:
    """The graphs for one window: `model.onnx`, word pieces (1, p) and words (1, n) of any number; `pairs.onnx`; `linking.onnx`."""
    pieces, cases = torch.randint(1000, 2000, (1, 12)), torch.ones(1, 12, dtype=torch.long)
    first, last = torch.tensor([[1, 2, 4, 6, 8]]), torch.tensor([[1, 3, 5, 7, 11]])
    words = {1: "n"}
    encoder = {"pieces": {1: "p"}, "cases": {1: "p"}, "first": words, "last": words}
    encoder |= {"states": words, "tags": words, "arcs": {1: "n", 2: "n1"}}
    asked = {"states": words, "heads": words, "triggers": {0: "t"}, "runs": {0: "r"}}
    asked |= {"relations": words, "links": {0: "t", 1: "n"}, "roles": {0: "r"}}
    states, heads = torch.randn(1, 5, 384), torch.tensor([[2, 0, 2, 2, 4]])
    linking = {"phrases": {0: "p"}, "anchors": {0: "a"}, "people": {0: "p"}, "events": {0: "a"}}
    made = {name: folder / f"plain-{name}.onnx" for name in ("model", "pairs", "linking")}
    _graph(model, (pieces, cases, first, last), encoder, 4, made["model"])
    _graph(
        Pairs(model).eval(),
        (states, heads, torch.tensor([1, 3]), torch.tensor([[1, 0, 0, 1, 2]] * 3)),
        asked,
        4,
        made["pairs"],
    )
    _graph(Linking(model).eval(), (torch.randn(2, 3 * 384), torch.randn(3, 2 * 384)), linking, 2, made["linking"])
    return made


def clues(model: Reader) -> dict[str, list]:
    """The network over the clues of coreference, which the product computes without a graph."""
    found = {"rows": model.clue_rows.weight, "bias": model.clue_bias, "out": model.clue_out.weight[0]}
    return {name: np.round(value.detach().numpy().astype(float), 4).tolist() for name, value in found.items()}


def _graph(model: torch.nn.Module, example: tuple, axes: dict[str, dict[int, str]], inputs: int, path: Path) -> None:
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            example,
            str(path),
            input_names=list(axes)[:inputs],
            output_names=list(axes)[inputs:],
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
    for name, plain in to_onnx(model, told.run).items():
        ready, final = told.run / f"ready-{name}.onnx", told.out / f"{name}.onnx"
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        if told.fp32 or name == "linking":
            shutil.copy(ready, final)
        else:
            quantize_dynamic(str(ready), str(final), per_channel=True, weight_type=QuantType.QInt8)
        onnx.checker.check_model(str(final))
        print(f"{final}: {final.stat().st_size / 1e6:.1f} MB")
    (told.out / "clues.json").write_text(json.dumps(clues(model), separators=(",", ":")) + "\n", encoding="utf-8")
    layout = {
        "tags": {t: labels["tags"][t] for t in model.task_names},
        "deprel": labels["tags"]["deprel"],
        "pairs": labels["pairs"],
    }
    (told.out / "labels.json").write_text(json.dumps(layout, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
