import { join } from "node:path";
import { z } from "zod";
import { readRecording } from "../audio/mod.ts";
import type { Manifest } from "../datasets/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { fitNeighbours, neighbourhood, soundTexture, textureSize, type TrainingNeighbours } from "../evaluation/mod.ts";
import { featurePreset, type InputOptions } from "../features/mod.ts";
import { progress } from "../files/mod.ts";
import type { Fold } from "../splits/mod.ts";
import { cachedResult, type CacheOptions, recordingsKey } from "./cached_result.ts";

/** What {@linkcode learnNeighbours} learns from. */
export interface LearnNeighboursOptions extends CacheOptions {
  manifest: Manifest;
  folds: readonly Fold[];
  input: InputOptions;
  signal?: AbortSignal;
}

/** Raised when other textures come out for the same sound. */
const VERSION = 1;

/**
 * The training recordings of the first fold, against which `predict` holds a new one. Whole recordings are compared, as
 * `predict` gets them, whatever the items of the task are. How many test recordings are within is counted in every fold,
 * with a limit from its own validation part.
 *
 * @returns `undefined` where the training or validation part has no recording that can be read.
 */
export async function learnNeighbours(options: LearnNeighboursOptions): Promise<TrainingNeighbours | undefined> {
  const { manifest: { rows, classes }, folds } = options;
  const textures = await recordingTextures(options);
  const recordings = (side: Int32Array) => {
    const byName = Map.groupBy(side, (row) => rows[row].recording);
    return [...byName].flatMap(([name, own]) => {
      const texture = textures.get(name);
      return texture ? [{ texture, label: mostFrequent(own.map((row) => classes.indexOf(rows[row].label))) }] : [];
    });
  };
  const heldOut = { recordings: 0, accepted: 0 };
  let first: TrainingNeighbours | undefined;
  for (const { train, validation, test } of folds) {
    const known = recordings(train), chosen = recordings(validation).map(({ texture }) => texture);
    if (known.length === 0 || chosen.length === 0) return undefined;
    const fitted = fitNeighbours(known, chosen);
    for (const { texture } of recordings(test)) {
      heldOut.recordings++;
      if (neighbourhood(texture, fitted).distance <= fitted.limit) heldOut.accepted++;
    }
    first ??= fitted;
  }
  return { ...first!, heldOut };
}

/** The texture of each recording that can be read and is long enough, by its name; kept in the cache. */
async function recordingTextures(options: LearnNeighboursOptions): Promise<Map<string, Float64Array>> {
  const { manifest, input } = options;
  const preset = featurePreset(input);
  const names = [...new Set(manifest.rows.map(({ recording }) => recording))];
  const all = await cachedResult(
    {
      name: "textures",
      key: [VERSION, preset, names, await recordingsKey(manifest)],
      schema: z.array(z.array(z.number()).length(textureSize).nullable()).length(names.length),
    },
    options,
    async () => {
      const made: (number[] | null)[] = [];
      const bar = progress("textures", names.length);
      for (const name of names) {
        options.signal?.throwIfAborted();
        made.push(await textureOf(join(manifest.folder, name), preset));
        bar.update(made.length);
      }
      bar.stop();
      return made;
    },
  );
  return new Map(all.flatMap((texture, i) => texture ? [[names[i], Float64Array.from(texture)]] : []));
}

async function textureOf(path: string, preset: ReturnType<typeof featurePreset>): Promise<number[] | null> {
  try {
    const { samples, sampleRate } = await readRecording(path);
    const texture = soundTexture(samples, { sampleRate, preset });
    return texture && Array.from(texture);
  } catch (error) {
    if (!(error instanceof AuscultError)) throw error; // the features' own list names what can't be read
    return null;
  }
}

/** The class that most items of a recording have. */
function mostFrequent(labels: readonly number[]): number {
  const counts = Map.groupBy(labels, (label) => label);
  return [...counts].reduce((most, one) => one[1].length > most[1].length ? one : most)[0];
}
