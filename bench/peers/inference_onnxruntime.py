"""Inference speed of Python's onnxruntime on an exported model: prints one JSON line.

    python bench/peers/inference_onnxruntime.py --path model.onnx --batch 64 --threads 1 --seconds 4
"""

import argparse
import json
import time

import numpy
import onnxruntime


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
    for _ in range(3):
        session.run(None, feeds)
    times, cpu_times = [], []
    end = time.perf_counter() + options.seconds
    while time.perf_counter() < end or len(times) < 3:
        start, cpu = time.perf_counter(), time.process_time()
        session.run(None, feeds)
        times.append(time.perf_counter() - start)
        cpu_times.append(time.process_time() - cpu)
    median = sorted(times)[len(times) // 2]
    cpu_median = sorted(cpu_times)[len(cpu_times) // 2]
    figures = {"version": onnxruntime.__version__, "perSecond": options.batch / median}
    print(json.dumps({**figures, "perCpuSecond": options.batch / cpu_median}))


main()
