import { expect } from "expect";
import { readRecording } from "../audio/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { loadDataset } from "./mod.ts";
import { nearDuplicatePairs, thumbnail } from "./near_duplicates/near_duplicate_pairs.ts";

const ALL_PAIRS = `
import json, sys, numpy as np, scipy.fft as F
given = json.load(sys.stdin)
signals = [np.array(x, float) for x in given]
size = F.next_fast_len(2 * max(map(len, signals)), real=True)
spectra = [F.rfft(x, size) for x in signals]
energies = [np.r_[0, np.cumsum(x ** 2)] for x in signals]
found = []
for i in range(len(signals)):
  for j in range(i + 1, len(signals)):
    a, b = len(signals[i]), len(signals[j])
    least = min(min(a, b), max(1000, -(-min(a, b) // 2)))
    lags = np.arange(least - b, a - least + 1)
    start, stop = np.maximum(0, -lags), np.minimum(b, a - lags)
    energy = (energies[i][stop + lags] - energies[i][start + lags]) * (energies[j][stop] - energies[j][start])
    r = F.irfft(spectra[i] * np.conj(spectra[j]), size)[lags % size] / np.sqrt(np.maximum(energy, 1e-9))
    best = r[np.abs(r).argmax()]
    if abs(best) >= .95: found.append([i, j, float(best)])
print(json.dumps(found))
`;

peerCheck(
  "of real recordings through two filters the fingerprints lose no pair that SciPy finds by comparing all with all",
  {
    datasets: ["kauh"],
    python: ["scipy"],
  },
  async ({ dataset, python }) => {
    const { rows, folder } = await loadDataset("kauh", { folder: dataset("kauh"), task: "sounds-4" });
    // Bell and diaphragm of the first thirty patients: the same breath, filtered in two ways.
    const patients = new Set([...new Set(rows.map(({ subject }) => subject))].slice(0, 30));
    const chosen = rows.filter(({ subject, source }) => patients.has(subject) && source !== "extended");
    const signals = [];
    for (const { recording } of chosen) {
      const { samples, sampleRate } = await readRecording(`${folder}/${recording}`);
      signals.push(thumbnail(samples, sampleRate));
    }
    const child = new Deno.Command(python, { args: ["-c", ALL_PAIRS], stdin: "piped", stdout: "piped" }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(signals.map((signal) => [...signal]))));
    await writer.close();
    const all: [number, number, number][] = JSON.parse(new TextDecoder().decode((await child.output()).stdout));
    expect(all.length).toBeGreaterThan(20);
    const found = nearDuplicatePairs(signals, { threshold: 0.95 }).sort((x, y) => x.a - y.a || x.b - y.b);
    expect(found.map(({ a, b }) => [a, b])).toEqual(all.map(([a, b]) => [a, b]));
    for (const [i, { correlation }] of found.entries()) expect(correlation).toBeCloseTo(all[i][2], 5);
  },
);
