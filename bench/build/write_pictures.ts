// Draws every augmentation on one made-up lung sound, into lib/training/augmentation/augmentations.svg:
//
//   deno run -P=test bench/build/write_pictures.ts

import { encode } from "fast-png";
import { fileURLToPath } from "node:url";
import { readRecording } from "../../lib/audio/mod.ts";
import { generateSynthetic } from "../../lib/datasets/mod.ts";
import { logMel, openInput, presets } from "../../lib/features/mod.ts";
import { writeAtomic } from "../../lib/files/mod.ts";
import { isOwn } from "../../lib/parts/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import { featureStatistics } from "../../lib/training/feature_statistics.ts";
import { augment } from "../../lib/training/augmentation/augment.ts";
import { augmentation } from "../../lib/training/augmentation/built_in.ts";
import { augmentations } from "../../lib/training/augmentation/define_augmentation.ts";

/** Where they stand. */
export const PICTURES = new URL("../../lib/training/augmentation/augmentations.svg", import.meta.url);

const SECONDS = 4;
const PRESET = presets.respirenet;
const N_MELS = PRESET.nMels;
const { spectrum } = openInput({ preset: "respirenet", seconds: SECONDS, padding: "zero" });
/** Range of the pictures, dB. */
const [DARK, BRIGHT] = [-80, 6];
/** Points of the colour map magma (Smith and van der Walt 2015), equidistant. */
const COLOURS = [[0, 0, 4], [59, 15, 112], [140, 41, 129], [222, 73, 104], [254, 159, 109], [252, 253, 191]];
const [SCALE, COLUMNS, TITLE, GAP] = [2, 4, 22, 12];

/** One made-up lung sound and what each known augmentation makes of it, as SVG. */
export async function augmentationPictures(): Promise<string> {
  const [first, second] = (await twoRecordings()).map((samples) => logMel(samples, PRESET).data);
  return sheet([
    { title: "a window", features: first },
    { title: "its partner in mixtures", features: second },
    ...augmentations.all().filter((part) => !isOwn(part)).map(({ definition: { name } }) => ({
      title: name,
      features: changed(name, { first, second }),
    })),
  ]);
}

if (import.meta.main) {
  const path = fileURLToPath(PICTURES);
  await writeAtomic(path, await augmentationPictures());
  console.log(path);
}

async function twoRecordings(): Promise<Float32Array[]> {
  const folder = await Deno.makeTempDir();
  await generateSynthetic(folder, { subjects: 2, kind: "lung", recordings: 1, unusable: 0, seed: 5 });
  const files = await Array.fromAsync(Deno.readDir(`${folder}/recordings`));
  const read = files.map(({ name }) => name).toSorted().map(async (name) => {
    const { samples, sampleRate } = await readRecording(`${folder}/recordings/${name}`);
    return samples.slice(0, SECONDS * sampleRate);
  });
  const samples = await Promise.all(read);
  await Deno.remove(folder, { recursive: true });
  return samples;
}

function changed(kind: string, { first, second }: { first: Float32Array; second: Float32Array }): Float32Array {
  const frames = first.length / N_MELS;
  const rest = { target: Float32Array.of(1), weight: 1 };
  const labels = new Int32Array(1);
  const shape = { frames, bands: N_MELS, channels: 1 };
  const source = { ...shape, count: 1, classes: 1, labels, read: (_: number, into: Float32Array) => into.set(first) };
  const example = {
    features: first.slice(),
    ...rest,
    ...shape,
    spectrum,
    mean: featureStatistics(source, labels).mean,
  };
  const always = augmentation.parse({ kind, probability: 1, ...(kind === "mixup" ? { alpha: 8 } : {}) });
  augment(example, always, { random: randomStream(8, kind), partner: () => ({ features: second, ...rest }) });
  return example.features;
}

function sheet(panels: { title: string; features: Float32Array }[]): string {
  const width = panels[0].features.length / N_MELS * SCALE;
  const height = N_MELS * SCALE;
  const drawn = panels.map(({ title, features }, i) => {
    const [x, y] = [(i % COLUMNS) * (width + GAP), Math.floor(i / COLUMNS) * (height + TITLE + GAP)];
    return `<text x="${x}" y="${y + 14}">${title}</text>` +
      `<image x="${x}" y="${y + TITLE}" width="${width}" height="${height}" href="${picture(features)}"/>`;
  });
  const size = [
    COLUMNS * (width + GAP) - GAP,
    Math.ceil(panels.length / COLUMNS) * (height + TITLE + GAP) - GAP,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(" ")}" width="${size[0]}" ` +
    `font-family="sans-serif" font-size="14" style="background:#fff;image-rendering:pixelated">\n` +
    `${drawn.join("\n")}\n</svg>\n`;
}

/** Time to the right, low bands below. */
function picture(features: Float32Array): string {
  const width = features.length / N_MELS;
  const data = new Uint8Array(features.length * 3);
  features.forEach((value, i) => {
    const [frame, band] = [Math.floor(i / N_MELS), i % N_MELS];
    data.set(colour((value - DARK) / (BRIGHT - DARK)), ((N_MELS - 1 - band) * width + frame) * 3);
  });
  const png = encode({ width, height: N_MELS, data, channels: 3, depth: 8 });
  return `data:image/png;base64,${png.toBase64()}`;
}

function colour(share: number): number[] {
  const place = Math.min(1, Math.max(0, share)) * (COLOURS.length - 1);
  const low = Math.min(Math.floor(place), COLOURS.length - 2);
  return COLOURS[low].map((from, k) => Math.round(from + (place - low) * (COLOURS[low + 1][k] - from)));
}
