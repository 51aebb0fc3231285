// Runs in the threads that decode: it loads no more than it needs.
import { join } from "node:path";
import { z } from "zod";
import { cutSegment } from "../../audio/cut_segment.ts";
import { signalQuality } from "../../audio/signal_quality.ts";
import { comparableSound } from "../../datasets/find_near_duplicates.ts";
import { AuscultError } from "../../errors/mod.ts";
import type { FeaturePreset, SoundingRecording } from "../../features/mod.ts";
import { flag, number, schemaOf, type Shaped } from "../../files/json_shape.ts";
import { hashBytes } from "../../files/mod.ts";
import { descriptorSize, soundDescriptor } from "../../rejection/sound_descriptor.ts";
import { silenceFeatures, silenceWidth } from "./silence_features.ts";

/** Raised when other numbers come out for the same sound. */
const VERSION = 5;

/** What is asked of recordings beside their features: plain data, as it goes to threads. */
export interface ListenSettings {
  /** Where answers are kept. */
  folder: string;
  /** What the recordings should hold, for their quality, and the preset that is listened by; where left out, neither is asked. */
  by?: { sound: "heart" | "lung"; preset: FeaturePreset };
}

/** How a whole recording sounds, as `predict` gets it, and what of its segments says nothing of heart or lung. */
const description = {
  /** `null` where it is too short. */
  descriptor: z.array(number).length(descriptorSize).nullable() as z.ZodType<number[] | null>,
  /** How likely experts would call it too poor to judge. */
  poor: number,
  /** Silent, clipped, broken off, or too short. */
  faulty: flag,
  /** `silenceFeatures` of each segment; `null` where it lies outside of the recording. */
  silence: z.array(z.array(number).length(silenceWidth).nullable()) as z.ZodType<(number[] | null)[]>,
};
export type RecordingDescription = Shaped<typeof description>;
export const recordingDescription: z.ZodType<RecordingDescription> = schemaOf(description);

/** The file of what is known of a recording: by its content, and by what was asked. */
export function factsPath({ folder }: ListenSettings, hash: string, asked?: unknown): string {
  const key = asked === undefined ? "sound" : hashBytes(JSON.stringify(asked)).slice(0, 16);
  return join(folder, `${hash.slice(0, 32)}-${key}-${VERSION}.json`);
}

/** Keeps facts with the hash of their text: there are thousands, so that none waits for the disk; a torn one is made anew. */
export async function keepFacts(path: string, facts: unknown): Promise<void> {
  const text = JSON.stringify(facts);
  await Deno.writeTextFile(path, `${hashBytes(text)}\n${text}`);
}

/** The facts in a file; nothing where it isn't there or isn't, to the letter, what was written. */
export async function readFacts<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T> | undefined> {
  const text = await Deno.readTextFile(path).catch(() => "");
  const end = text.indexOf("\n");
  const value = text.slice(end + 1);
  return text.slice(0, end) === hashBytes(value) ? schema.safeParse(JSON.parse(value)).data : undefined;
}

/** What is asked for where recordings are compared. */
export const THUMBNAIL = "thumbnail";

/** Limits that no probability exceeds: what is unusable then has a fault. */
const FAULTS_ALONE = { poor: 1, unusable: 1 };

/** Keeps all that is asked of a recording, while its samples are there. */
export async function hear(sound: SoundingRecording, given: unknown): Promise<void> {
  const settings = given as ListenSettings;
  const { hash, samples, sampleRate, segments } = sound;
  const comparable = comparableSound(samples, sampleRate);
  const thumbnail = comparable ? new Uint8Array(comparable.signal.buffer).toBase64() : "";
  await keepFacts(factsPath(settings, hash), comparable?.hash ?? null);
  await keepFacts(factsPath(settings, hash, THUMBNAIL), thumbnail);
  const { by } = settings;
  if (by === undefined) return;
  const { probability, verdict } = signalQuality(samples, { sampleRate, sound: by.sound, usual: FAULTS_ALONE });
  const descriptor = soundDescriptor(samples, { sampleRate, preset: by.preset });
  const heard: RecordingDescription = {
    descriptor: descriptor && Array.from(descriptor),
    poor: probability,
    faulty: verdict === "unusable",
    silence: segments.map((segment) => silenceOf(sound, segment)),
  };
  await keepFacts(factsPath(settings, hash, askedOf(by, segments)), heard);
}

/** What decides the answer beside the sound. */
export function askedOf(by: ListenSettings["by"], segments: SoundingRecording["segments"]): unknown {
  return [by, segments.map(({ start, end }) => [start, end])];
}

function silenceOf(
  { samples, sampleRate }: SoundingRecording,
  { start, end }: { start: number; end: number },
): number[] | null {
  try {
    return [...silenceFeatures(cutSegment(samples, { sampleRate, start, end }), { sampleRate })];
  } catch (error) {
    if (error instanceof AuscultError) return null; // the features' own list says why
    throw error;
  }
}
