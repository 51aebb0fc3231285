import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import {
  deltasInput,
  describeFrames,
  gammatone,
  inputWindows,
  logMel,
  logMelInput,
  openFeatureStore,
  openInput,
  presets,
  zScoreInput,
} from "./mod.ts";

/** Two seconds at 4 kHz of a gliding tone in noise, by a formula that Python has as well. */
const samples = Float32Array.from(
  { length: 8000 },
  (_, n) =>
    0.4 * Math.sin(2 * Math.PI * (100 * n / 4000 + 0.5 * 400 * (n / 4000) ** 2)) +
    0.1 * (((n * 7919) % 1009) / 504.5 - 1),
);
const PROLOGUE = `
import json, sys, numpy as np
n = np.arange(8000)
y = (0.4 * np.sin(2 * np.pi * (100 * n / 4000 + 0.5 * 400 * (n / 4000) ** 2)) + 0.1 * (((n * 7919) % 1009) / 504.5 - 1)).astype(np.float32)
`;

function python<T>(program: string, script: string, ...args: string[]): T {
  const { stdout, stderr, success } = new Deno.Command(program, { args: ["-c", PROLOGUE + script, ...args] })
    .outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((max, value, i) => Math.max(max, Math.abs(value - b[i])), 0);
}

peerCheck("logMel() is librosa's on two seconds of sound", { python: ["librosa"] }, ({ python: program }) => {
  const theirs = python<number[]>(
    program,
    `
import librosa
mel = librosa.feature.melspectrogram(y=y, sr=4000, n_fft=256, hop_length=128, n_mels=64, fmin=50, fmax=2000)
print(json.dumps(librosa.power_to_db(mel, ref=np.max).T.ravel().tolist()))`,
  );
  expect(largestDifference(logMel(samples, presets.respirenet).data, theirs)).toBeLessThan(1e-3);
});

peerCheck("the channels of deltas are librosa's, both orders", { python: ["librosa"] }, async ({ python: program }) => {
  const theirs = python<number[]>(
    program,
    `
import librosa
mel = librosa.power_to_db(librosa.feature.melspectrogram(y=y, sr=4000, n_fft=256, hop_length=128, n_mels=64, fmin=50, fmax=2000), ref=np.max)
deltas = [librosa.feature.delta(mel, width=9, order=order, mode="nearest") for order in (1, 2)]
print(json.dumps(np.stack([mel, *deltas], axis=-1).transpose(1, 0, 2).ravel().tolist()))`,
  );
  const input = openInput({
    ...deltasInput({ of: logMelInput({ preset: "respirenet" }), order: 2 }),
    ...{ seconds: 2, padding: "zero" },
  });
  expect(largestDifference(await input.compute(samples), theirs)).toBeLessThan(1e-3);
});

peerCheck("z-score is a standardised librosa spectrogram", { python: ["librosa"] }, async ({ python: program }) => {
  const theirs = python<number[]>(
    program,
    `
import librosa
mel = librosa.power_to_db(librosa.feature.melspectrogram(y=y, sr=4000, n_fft=256, hop_length=128, n_mels=64, fmin=50, fmax=2000), ref=np.max)
z = (mel - mel.mean(axis=1, keepdims=True)) / mel.std(axis=1, keepdims=True)
print(json.dumps(z.T.ravel().tolist()))`,
  );
  const input = openInput({
    ...zScoreInput({ of: logMelInput({ preset: "respirenet" }) }),
    ...{ seconds: 0.512, padding: "zero" },
  });
  expect(largestDifference(await input.compute(samples), theirs)).toBeLessThan(1e-3);
  // A window that begins on a frame is a piece of it.
  const [, second] = inputWindows(samples, { start: 0, end: 2, input });
  const window = await input.compute(second.samples, second.from);
  expect(largestDifference(window, theirs.slice(16 * 64, 33 * 64))).toBeLessThan(1e-3);
});

peerCheck(
  "describeFrames() has librosa's centroid, spread, rolloff and RMS",
  { python: ["librosa"] },
  async ({ python: program }) => {
    const theirs = python<Record<string, number[]>>(
      program,
      `
import librosa
from librosa import feature as f
S = np.abs(librosa.stft(y, n_fft=256, hop_length=128))
row = lambda x: x[0].tolist()
print(json.dumps({
  "spectralCentroid": row(f.spectral_centroid(S=S, sr=4000, n_fft=256)),
  "spectralSpread": row(f.spectral_bandwidth(S=S, sr=4000, n_fft=256)),
  "spectralRolloff": row(f.spectral_rolloff(S=S, sr=4000, n_fft=256, roll_percent=0.99)),
  "rms": row(f.rms(y=y, frame_length=256, hop_length=128)),
}))`,
    );
    const rows = await describeFrames(samples, { sampleRate: 4000, nFft: 256, hopLength: 128 });
    // Sums of 129 values of 32 bits; the rolloff falls on one bin or, where a sum meets the threshold, its neighbour.
    const allowed = { spectralCentroid: 0.05, spectralSpread: 0.05, spectralRolloff: 4000 / 256 + 1e-6, rms: 1e-6 };
    for (const [name, most] of Object.entries(allowed) as [keyof typeof allowed, number][]) {
      expect(largestDifference(rows.map((row) => row[name]), theirs[name])).toBeLessThan(most);
    }
  },
);

peerCheck(
  "gammatone() has the band powers of scipy's gammatone filters",
  { python: ["scipy"] },
  ({ python: program }) => {
    const { data, frequencies, frames } = gammatone(samples, {
      sampleRate: 4000,
      nBands: 8,
      fMin: 100,
      fMax: 800,
      hopLength: 4000,
    });
    const theirs = python<number[]>(
      program,
      `
from scipy import signal
powers = []
for f in json.loads(sys.argv[1]):
    b, a = signal.gammatone(f, "iir", fs=4000)
    powers.append(float(np.mean(signal.lfilter(b, a, y)[4000:] ** 2)))
print(json.dumps(powers))`,
      JSON.stringify([...frequencies]),
    );
    const ours = data.subarray((frames - 1) * 8);
    // Slaney's all-pole form has other zeros: the two agree within half a dB where there is sound.
    ours.forEach((power, band) => expect(Math.abs(10 * Math.log10(power / theirs[band]))).toBeLessThan(0.5));
  },
);

peerCheck("openFeatureStore() writes what numpy opens, from real recordings", {
  python: ["numpy"],
  datasets: ["sprsound"],
}, async ({ dataset, python: program }) => {
  const folder = `${dataset("sprsound")}/BioCAS2022/train2022_wav`;
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort().slice(0, 20);
  const cacheFolder = await Deno.makeTempDir();
  const items = names.map((name) => ({ path: `${folder}/${name}`, start: 0, end: Infinity }));
  const store = await openFeatureStore(items, { preset: "respirenet", seconds: 2.56, padding: "zero" }, {
    cacheFolder,
  });
  expect(store.passedOver).toEqual([]);
  const [npy] = [...Deno.readDirSync(cacheFolder)].map(({ name }) => name).filter((name) => name.endsWith(".npy"));
  const [count, frames, bands, channels, finite] = python<number[]>(
    program,
    `
a = np.load(sys.argv[1], mmap_mode="r")
print(json.dumps([*a.shape, int(np.isfinite(a).all())]))`,
    `${cacheFolder}/${npy}`,
  );
  expect([frames, bands, channels, finite]).toEqual([store.frames, store.bands, 1, 1]);
  expect(count).toBeGreaterThan(0);
  store.close();
  await Deno.remove(cacheFolder, { recursive: true });
});
