import { expect } from "expect";
import { join } from "node:path";
import { readRecording } from "../audio/mod.ts";
import { loadDataset, type Manifest } from "../datasets/mod.ts";
import { neighbourhood, soundDescriptor, type TrainingNeighbours } from "../rejection/mod.ts";
import { listen } from "../experiment/prepare/listen.ts";
import { learnNeighbours } from "../experiment/train/learn_refusals.ts";
import { featurePreset, type InputOptions } from "../features/mod.ts";
import { randomStream } from "../random/mod.ts";
import { planFolds } from "../splits/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { findSounds } from "./find_sounds.ts";

// What a model refuses as novel, measured on real recordings: how many of its own kind, by subjects that it never
// heard, and how many of another.

/** Folders of recordings of the other organ. The manikin of HLS-CMDS has both: there only the organ differs. */
const OTHER = {
  heart: ["sprsound", "kauh", "icbhi", "hls-cmds/LS"],
  lung: ["cinc2016", "circor", "hls-cmds/HS"],
} as const;

/** Recordings of each other set that are asked. */
const ASKED = 100;

const CASES = [
  {
    organ: "heart",
    dataset: "cinc2016",
    task: "normal-abnormal",
    input: { preset: "pcg", seconds: 4, padding: "circular" },
  },
  {
    organ: "lung",
    dataset: "sprsound",
    task: "events-7",
    input: { preset: "respirenet", seconds: 2.56, padding: "zero" },
  },
] as const;

for (const { organ, dataset, task, input } of CASES) {
  peerCheck(`a ${organ} model refuses what is no ${organ}, and 5 of 100 of its own`, {
    datasets: [dataset, ...OTHER[organ].map((name) => name.split("/")[0])],
  }, async (peers) => {
    const manifest = everySecondSubject(await loadDataset(dataset, { folder: peers.dataset(dataset), task }));
    const folds = planFolds(manifest.rows, { kind: "hold-out", test: 0.2, validation: 0.2 }, { seed: 0 });
    const { descriptions } = await listen(manifest, { input, sound: organ, cache: false });
    const neighbours = learnNeighbours({ manifest, folds, descriptions })!;
    const distance = await distanceBy(neighbours, input);
    const { heldOut: { recordings, accepted } = { recordings: 0, accepted: 0 } } = neighbours;
    console.log(`${organ}: ${accepted} of ${recordings} own test recordings accepted`);
    // 95 % by a limit from some 200 validation recordings: a binomial deviation of 2 % in each of the two.
    expect(accepted / recordings).toBeGreaterThan(0.88);

    const own = await distances(manifest.folder, names(folds[0].test, manifest.rows), distance);
    const tell = (name: string, other: number[]) => {
      const refused = other.filter((value) => value > neighbours.limit).length / other.length;
      const at95 = own.toSorted((a, b) => a - b)[Math.ceil(0.95 * own.length) - 1];
      const refusedAt95 = other.filter((value) => value > at95).length / other.length;
      console.log(
        `${organ}: ${name}, ${other.length} recordings: AUROC ${auroc(own, other).toFixed(3)}, refused ` +
          `${(100 * refused).toFixed(0)} %, at 95 % acceptance ${(100 * refusedAt95).toFixed(0)} %`,
      );
      return { refused, area: auroc(own, other) };
    };
    for (const name of OTHER[organ]) {
      const all = await Array.fromAsync(findSounds([peers.dataset(name)]));
      const some = all.filter((_, i) => i % Math.ceil(all.length / ASKED) === 0);
      const { refused, area } = tell(name, await distances("", some, distance));
      expect(area).toBeGreaterThan(0.85);
      if (name !== "kauh" && name !== "icbhi") expect(refused).toBeGreaterThan(0.9); // heard through the chest, hearts sound in them
    }
    for (const [kind, make] of Object.entries(NOISES)) {
      const other = Array.from({ length: 10 }, (_, i) => distance(make(`${kind}/${i}`), RATE)!);
      expect(tell(kind, other).refused).toBeGreaterThan(0.9);
    }
  });
}

const RATE = 8000;

/** Sounds of no body, 8 s. */
const NOISES: Record<string, (name: string) => Float32Array> = {
  "white noise": (name) => made(name, (stream) => () => 0.1 * stream.normal()),
  hum: (name) =>
    made(name, (stream) => {
      const phases = Array.from({ length: 6 }, () => 6 * stream.uniform());
      return (t) =>
        phases.reduce((sum, phase, h) => sum + Math.sin(2 * Math.PI * 50 * (h + 1) * t + phase) / (h + 1), 0) / 4;
    }),
  music: (name) =>
    made(name, (stream) => {
      const notes = Array.from({ length: 40 }, () => 220 * 2 ** (stream.integer(24) / 12));
      return (t) => {
        const at = t / 0.25, hz = notes[Math.floor(at)], since = (at % 1) / 4;
        return 0.3 * Math.exp(-6 * since) *
          (Math.sin(2 * Math.PI * hz * since) + Math.sin(4 * Math.PI * hz * since) / 2);
      };
    }),
  "speech-like": (name) =>
    made(name, (stream) => {
      const pitch = 90 + 120 * stream.uniform(), rate = 3 + 2 * stream.uniform();
      // Pulses of the glottis through two resonances, in syllables.
      return (t) => {
        const syllable = Math.max(0, Math.sin(2 * Math.PI * rate * t)), since = t % (1 / pitch);
        const formant = (hz: number) => Math.exp(-250 * since) * Math.sin(2 * Math.PI * hz * since);
        return 0.3 * syllable * (formant(550) + 0.5 * formant(1600)) + 1e-4 * stream.normal();
      };
    }),
};

function made(name: string, sound: (stream: ReturnType<typeof randomStream>) => (t: number) => number): Float32Array {
  const at = sound(randomStream(0, name));
  return Float32Array.from({ length: 8 * RATE }, (_, i) => at(i / RATE));
}

/** The distance of a sound from the nearest training recording; `null` where it is too short. */
function distanceBy(neighbours: TrainingNeighbours, input: InputOptions) {
  const preset = featurePreset(input);
  return (samples: Float32Array, sampleRate: number): number | null => {
    const descriptor = soundDescriptor(samples, { sampleRate, preset: preset! });
    return descriptor && neighbourhood(descriptor, neighbours).distance;
  };
}

async function distances(
  folder: string,
  recordings: readonly string[],
  distance: ReturnType<typeof distanceBy>,
): Promise<number[]> {
  const all: number[] = [];
  for (const name of recordings) {
    const { samples, sampleRate } = await readRecording(join(folder, name));
    const value = distance(samples, sampleRate);
    if (value !== null) all.push(value);
  }
  return all;
}

/** Half of the data, so that the check takes half a minute. */
function everySecondSubject(manifest: Manifest): Manifest {
  const subjects = [...new Set(manifest.rows.map(({ subject }) => subject))].toSorted();
  const kept = new Set(subjects.filter((_, i) => i % 2 === 0));
  return { ...manifest, rows: manifest.rows.filter(({ subject }) => kept.has(subject)) };
}

function names(rows: Int32Array, of: readonly { recording: string }[]): string[] {
  return [...new Set(Array.from(rows, (row) => of[row].recording))];
}

/** Chance that another recording lies further off than an own one (Mann and Whitney). */
function auroc(own: readonly number[], other: readonly number[]): number {
  const wins = other.reduce(
    (sum, far) => sum + own.reduce((w, near) => w + (far > near ? 1 : far === near ? 0.5 : 0), 0),
    0,
  );
  return wins / (own.length * other.length);
}
