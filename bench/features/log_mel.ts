import { logMel, presets } from "../../lib/features/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import type { BenchRow } from "../bench_row.ts";
import type { FeaturesBenchOptions } from "../features.ts";
import { openFeaturesPeer } from "./features_peer.ts";

const SETTINGS = [
  { sampleRate: 4000, nFft: 256, hopLength: 64, nMels: 64 },
  { sampleRate: 16000, nFft: 1024, hopLength: 512, nMels: 64 },
  { sampleRate: 16000, nFft: 2048, hopLength: 512, nMels: 128 },
];

/** Frames of log-Mel a second in one thread, against librosa. */
export async function logMelRows({ python, rounds = 2, onProgress }: FeaturesBenchOptions): Promise<BenchRow[]> {
  onProgress?.("log-Mel");
  const ours = SETTINGS.map(() => 0), theirs = SETTINGS.map(() => 0);
  const program = await openFeaturesPeer(python, ["log-mel", JSON.stringify(SETTINGS)]);
  let peer: string | null = null;
  for (let round = 0; round < rounds; round++) {
    SETTINGS.forEach((setting, i) => ours[i] = Math.max(ours[i], framesPerSecond(setting)));
    const answer = await program?.measure<{ version: string; framesPerSecond: number[] }>();
    if (!answer) continue;
    peer = `librosa ${answer.version}`;
    answer.framesPerSecond.forEach((rate, i) => theirs[i] = Math.max(theirs[i], rate));
  }
  await program?.close();
  return SETTINGS.map(({ sampleRate, nFft, hopLength, nMels }, i) => ({
    bench: "features",
    model: "log-mel",
    setting: `${sampleRate / 1000} kHz, ${nFft}/${hopLength}/${nMels}`,
    threads: 1,
    peer,
    ours: ours[i],
    theirs: peer === null ? null : theirs[i],
    ratio: peer === null ? null : ours[i] / theirs[i],
    unit: "frames/s",
  }));
}

function framesPerSecond(setting: typeof SETTINGS[number]): number {
  const stream = randomStream(0, "bench/noise");
  const samples = Float32Array.from({ length: 30 * setting.sampleRate }, () => stream.uniform(-1, 1));
  const preset = { ...presets.respirenet, ...setting, winLength: setting.nFft, fMin: 0, fMax: setting.sampleRate / 2 };
  const { frames } = logMel(samples, preset);
  let best = Infinity;
  for (let i = 0; i < 20; i++) {
    const started = performance.now();
    logMel(samples, preset);
    best = Math.min(best, performance.now() - started);
  }
  return 1000 * frames / best;
}
