import { join } from "node:path";
import { z } from "zod";
import { hashBytes } from "../../files/mod.ts";
import { silenceWidth } from "./silence_features.ts";
import { descriptorSize } from "../../rejection/sound_descriptor.ts";

/** Raised when other numbers come out for the same sound. */
const VERSION = 5;

/** What is asked of recordings beside their features: plain data, as it goes to threads. */
export const listenSettings = z.object({
  /** Where answers are kept. */
  folder: z.string(),
  /** What the recordings should hold, for their quality, and the preset that is listened by; where left out, neither is asked. */
  by: z.object({ sound: z.enum(["heart", "lung"]), preset: z.record(z.string(), z.unknown()) }).optional(),
});

export type ListenSettings = z.output<typeof listenSettings>;

/** SHA-256 of a recording's samples; `null` where there is no sound to compare. */
export const samplesHash = z.string().nullable();

/** Base64 of the 16-bit thumbnail by which near-duplicates are found. */
export const keptThumbnail = z.string();

/** How a whole recording sounds, as `predict` gets it, and what of its segments says nothing of heart or lung. */
export interface RecordingDescription {
  /** `null` where it is too short. */
  descriptor: number[] | null;
  /** How likely experts would call it too poor to judge. */
  poor: number;
  /** Silent, clipped, broken off, or too short. */
  faulty: boolean;
  /** `silenceFeatures` of each segment; `null` where it lies outside of the recording. */
  silence: (number[] | null)[];
}
export const recordingDescription: z.ZodType<RecordingDescription> = z.object({
  descriptor: z.array(z.number()).length(descriptorSize).nullable(),
  poor: z.number(),
  faulty: z.boolean(),
  silence: z.array(z.array(z.number()).length(silenceWidth).nullable()),
});

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
