import { join } from "node:path";
import { cutSegment, readRecording } from "../../audio/mod.ts";
import type { ListeningSource } from "../../experiment/mod.ts";
import type { ListeningItem, QueuedSound } from "../../listening/mod.ts";
import { playedSound, SLOWEST_PLAYED } from "../../pictures/mod.ts";
import type { HeldSound, ListenData, QuestionedSound } from "./listen_data.ts";
import { packSamples } from "./pack_samples.ts";

/** What of sounds goes into a page. */
export interface ListenDataOptions extends Pick<ListenData, "rater" | "blind"> {
  queue: readonly QueuedSound[];
  /** Kind of the queue. */
  kind: string;
}

/** Letters of sound in a page, so that it stays below 12 MB with all else. */
const LETTERS = 11e6;

/** Rates, Hz: the first with which all sounds fit, and none that browsers don't play. */
const RATES = [8000, 4000, SLOWEST_PLAYED];

/** Seconds of a sound at least, as far as it is that long; and of one that is compared with at most. */
const LEAST = 15, COMPARED = { seconds: 3, sounds: 3 };

/** A sound shorter than this stands among what surrounds it, seconds: half a breath is hard to judge alone. */
const SHORT = 3, AROUND = 1.5;

/** What the pictures of hearts, and of all else, end at, Hz: there is little beyond. */
const HEART_MAX = 1000, OTHERS_MAX = 4000;

/** Reads, cuts and packs the sounds of a page, at the highest rate with which all of them fit. */
export async function makeListenData(
  { title, key, manifest: { folder, events }, table: { classes, items }, sound: of }: ListeningSource,
  { queue, kind, rater, blind }: ListenDataOptions,
): Promise<ListenData> {
  const byName = new Map(items.map((item) => [item.item, item]));
  const longest = Math.max(LEAST, 900 / Math.max(1, queue.length));
  const named = queue.map(({ similar }) => similar.filter((item) => byName.has(item)).slice(0, COMPARED.sounds));
  const asked = [...new Set(named.flat())];
  const questioned = await eachRead(queue.map(({ item }) => byName.get(item)!), { folder, longest });
  const compared = await eachRead(asked.map((item) => byName.get(item)!), { folder, longest: COMPARED.seconds });
  let packed: HeldSound[] = [], others: HeldSound[] = [];
  for (const rate of RATES) {
    [packed, others] = [await eachPacked(questioned, rate), await eachPacked(compared, rate)];
    if ([...packed, ...others].reduce((sum, one) => sum + one.packed.length, 0) <= LETTERS) break;
  }
  return {
    ...{ title, key, queue: kind, classes: [...classes], rater, blind },
    open: items.every(({ label }) => label === null),
    fMax: of === "heart" ? HEART_MAX : OTHERS_MAX,
    compared: others,
    sounds: packed.map((sound, i): QuestionedSound => {
      const { item, subject, reason, probabilities } = queue[i];
      return {
        ...{ ...sound, item, subject, reason, probabilities },
        similar: named[i].map((item) => asked.indexOf(item)),
        events: events.filter(({ recording, start, end }) =>
          recording === sound.recording && end > sound.from && start < sound.from + sound.seconds
        ).map(({ start, end, label }) => ({ start: start - sound.from, end: end - sound.from, label })),
      };
    }),
  };
}

interface ReadSound extends Omit<HeldSound, "packed"> {
  samples: Float32Array;
}

async function eachRead(
  items: readonly ListeningItem[],
  { folder, longest }: { folder: string; longest: number },
): Promise<ReadSound[]> {
  const read: ReadSound[] = [];
  for (const { recording, start, end, label } of items) {
    const sound = await readRecording(join(folder, recording));
    const { sampleRate } = sound;
    const around = end - start < SHORT ? AROUND : 0;
    const from = Math.max(0, start - around), to = Math.min(end + around, from + longest);
    const samples = cutSegment(sound.samples, { sampleRate, start: from, end: to }).slice();
    read.push({ recording, start, end, label, from, sampleRate, seconds: samples.length / sampleRate, samples });
  }
  return read;
}

function eachPacked(sounds: readonly ReadSound[], rate: number): Promise<HeldSound[]> {
  return Promise.all(sounds.map(async ({ samples, ...sound }) => {
    const { played, sampleRate, gain } = playedSound(samples, { from: sound.sampleRate, to: rate });
    const packed = await packSamples(Int16Array.from(played, (value) => Math.round(gain * 32767 * value)));
    return { ...sound, sampleRate, packed };
  }));
}
