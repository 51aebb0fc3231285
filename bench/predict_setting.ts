import { encodeWav, resample } from "../lib/audio/mod.ts";
import { fitNeighbours, soundDescriptor } from "../lib/rejection/mod.ts";
import { type InputOptions, nearestPreset } from "../lib/features/mod.ts";
import { beats, writeFixtureBundle } from "../lib/predict/fixture_bundle.ts";

/** What is predicted with: as large as what the heart experiment leaves. */
const INPUT = { preset: "pcg", seconds: 4, padding: "circular" } as const satisfies InputOptions;
const ENSEMBLE = { networks: 5, filters: [16, 32, 64, 128] };
const NEIGHBOURS = 1000;

/** What is predicted. */
const SECONDS = 15, SAMPLE_RATE = 4000;

/** Different recordings; where more are asked for, they come again. */
const RECORDINGS = 50;

/** A folder with a bundle and `count` recordings. */
export interface PredictSetting {
  folder: string;
  bundle: string;
  /** Paths of the recordings. */
  sounds: string[];
}

/** Writes an ensemble that was trained on nothing, and heart-like recordings that it knows. */
export async function predictSetting({ count }: { count: number }): Promise<PredictSetting> {
  const folder = await Deno.makeTempDir({ prefix: "bench-predict-" });
  await writeFixtureBundle(folder, { input: INPUT, neighbours: knownBeats() }, ENSEMBLE);
  const files = Array.from({ length: RECORDINGS }, (_, i) => {
    const samples = resample(beats(SECONDS, `bench/${i}`), { from: 2000, to: SAMPLE_RATE });
    return encodeWav(samples, { sampleRate: SAMPLE_RATE });
  });
  const sounds = Array.from({ length: count }, (_, i) => `${folder}/${i}.wav`);
  for (const [i, path] of sounds.entries()) await Deno.writeFile(path, files[i % RECORDINGS]);
  return { folder, bundle: `${folder}/model`, sounds };
}

function knownBeats() {
  const preset = nearestPreset(INPUT);
  const descriptor = (name: string, seconds: number) => {
    const samples = resample(beats(seconds, name), { from: 2000, to: SAMPLE_RATE });
    return soundDescriptor(samples, { sampleRate: SAMPLE_RATE, preset })!;
  };
  const training = Array.from(
    { length: NEIGHBOURS },
    (_, i) => ({ descriptor: descriptor(`known/${i}`, 3), label: i % 2 }),
  );
  const fitted = fitNeighbours(
    training,
    Array.from({ length: 20 }, (_, i) => ({ descriptor: descriptor(`other/${i}`, SECONDS) })),
  );
  return { ...fitted, limit: 3 * fitted.limit }; // none shall be spared the networks
}
