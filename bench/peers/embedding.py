"""Embeddings of recordings by Python's onnxruntime, for bench/embedding.ts: a JSON line for each line that it reads.

    echo | python bench/peers/embedding.py FOLDER WORKERS MEL.onnx EMBEDDING.onnx RATE WINDOW STEP
"""
import json
import multiprocessing
import os
import resource
import sys
import time

import numpy as np
import onnxruntime
import soundfile
import soxr

folder, workers, *files = sys.argv[1:5]
rate, window, step = map(int, sys.argv[5:8])


def open_sessions():
    global mel, embedding
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1  # as many processes as Auscult has workers, one thread each
    settings.inter_op_num_threads = 1
    mel, embedding = (onnxruntime.InferenceSession(file, settings, providers=["CPUExecutionProvider"]) for file in files)


def run(session, values):
    return session.run(None, {session.get_inputs()[0].name: values})[0]


def embedded(path):
    y, sr = soundfile.read(path, dtype="float32")
    samples = soxr.resample(y, sr, rate) if sr != rate else y
    frames = run(mel, (samples * np.float32(32767))[None]).reshape(-1, 32) / 10 + 2
    windows = [frames[start : start + window] for start in range(0, len(frames) - window + 1, step)]
    return run(embedding, np.stack(windows)[..., None].astype(np.float32)).reshape(len(windows), -1)


def measured(paths):
    started, cpu = time.perf_counter(), cpu_seconds()
    with multiprocessing.Pool(int(workers), open_sessions) as pool:
        rows = pool.map(embedded, paths, chunksize=4)
        pool.close()
        pool.join()  # the processor time of a child counts when it has ended
    np.save(os.path.join(folder, "embeddings.npy"), np.concatenate(rows))
    return {
        "perSecond": len(paths) / (time.perf_counter() - started),
        "perCpuSecond": len(paths) / (cpu_seconds() - cpu),
    }


def cpu_seconds():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".wav"))
    for _ in sys.stdin:  # a measurement a line, so that ours and theirs can take turns
        print(json.dumps({"version": onnxruntime.__version__, **measured(paths)}), flush=True)
