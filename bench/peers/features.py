"""Features by librosa, for bench/features.ts: prints a JSON line for each line that it reads.

features.py log-mel SETTINGS        frames a second of each setting, one thread
features.py pipeline FOLDER WORKERS recordings a second, to one NPY file of log-Mel windows
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # as many processes as Auscult has workers, one thread each

import json
import multiprocessing
import resource
import sys
import tempfile
import time

import librosa
import numpy as np
import scipy.signal
import soundfile
import soxr


def log_mel(y, sr, n_fft, hop, n_mels, f_min, f_max):
    mel = librosa.feature.melspectrogram(
        y=y, sr=sr, n_fft=n_fft, hop_length=hop, n_mels=n_mels, fmin=f_min, fmax=f_max
    )
    return librosa.power_to_db(mel, ref=np.max)


def frames_per_second(setting):
    sr, n_fft, hop, n_mels = (setting[key] for key in ("sampleRate", "nFft", "hopLength", "nMels"))
    y = np.random.default_rng(0).uniform(-1, 1, 30 * sr).astype(np.float32)
    frames = log_mel(y, sr, n_fft, hop, n_mels, 0, sr / 2).shape[1]
    best = float("inf")
    for _ in range(20):
        started = time.perf_counter()
        log_mel(y, sr, n_fft, hop, n_mels, 0, sr / 2)
        best = min(best, time.perf_counter() - started)
    return frames / best


RATE = 4000
WINDOW = 10240  # 2.56 s
SOS = scipy.signal.butter(4, [50, 1900], "bandpass", fs=RATE, output="sos")


def features_of(path):
    y, sr = soundfile.read(path, dtype="float32", always_2d=True)
    y = y.mean(axis=1)
    if sr != RATE:
        y = soxr.resample(y, sr, RATE)
    y = scipy.signal.sosfiltfilt(SOS, y).astype(np.float32)
    starts = list(range(0, max(1, len(y) - WINDOW + 1), WINDOW))
    if len(y) - WINDOW - starts[-1] >= 128:
        starts.append(len(y) - WINDOW)
    cut = (y[start : start + WINDOW] for start in starts)
    windows = [np.pad(window, (0, WINDOW - len(window))) for window in cut]
    return np.stack([log_mel(window, RATE, 256, 128, 64, 50, 2000).T for window in windows])


def pipeline(folder, workers):
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    started, cpu = time.perf_counter(), cpu_seconds()
    with tempfile.TemporaryDirectory() as out:
        with multiprocessing.Pool(workers) as pool:
            rows = pool.map(features_of, paths, chunksize=16)
            pool.close()
            pool.join()  # the processor time of a child counts when it has ended
        np.save(os.path.join(out, "features.npy"), np.concatenate(rows))
    return {
        "perSecond": len(paths) / (time.perf_counter() - started),
        "perCpuSecond": len(paths) / (cpu_seconds() - cpu),
    }


def cpu_seconds():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def answer():
    if sys.argv[1] == "log-mel":
        settings = json.loads(sys.argv[2])
        return {"version": librosa.__version__, "framesPerSecond": [frames_per_second(s) for s in settings]}
    return pipeline(sys.argv[2], int(sys.argv[3]))


if __name__ == "__main__":
    for _ in sys.stdin:  # a measurement a line, so that they can take turns with others
        print(json.dumps(answer()), flush=True)
