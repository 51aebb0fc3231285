"""The measurement that the peer scripts share, and speed.ts on the other side."""

import json
import sys
import time


def answer_each_line(step, *, count, seconds, **facts):
    """Prints the speed of the median repetition of `step`, which goes through `count` examples, for each line read.

    A measurement a line, so that ours and theirs can take turns.
    """
    for _ in range(3):
        step()
    for _ in sys.stdin:
        times, cpu_times = [], []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or len(times) < 3:
            start, cpu = time.perf_counter(), time.process_time()
            step()
            times.append(time.perf_counter() - start)
            cpu_times.append(time.process_time() - cpu)
        speeds = {"perSecond": count / median(times), "perCpuSecond": count / median(cpu_times)}
        print(json.dumps({**facts, **speeds}), flush=True)


def median(values):
    return sorted(values)[len(values) // 2]
