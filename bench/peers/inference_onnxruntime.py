"""Inference speed of Python's onnxruntime on an exported model: prints a JSON line for each line that it reads.

    echo | python bench/peers/inference_onnxruntime.py --path model.onnx --batch 64 --threads 1 --seconds 4
"""

import argparse

import numpy
import onnxruntime

from speed import answer_each_line


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(options.path, settings, providers=["CPUExecutionProvider"])
    shape = [options.batch, *session.get_inputs()[0].shape[1:]]
    feeds = {"input": numpy.random.default_rng(0).standard_normal(shape).astype("float32")}
    answer_each_line(
        lambda: session.run(None, feeds),
        count=options.batch,
        seconds=options.seconds,
        version=onnxruntime.__version__,
    )


main()
