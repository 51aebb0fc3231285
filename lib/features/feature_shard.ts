import { decodeAudio, readRecordingBytes, type Recording } from "../audio/mod.ts";
import { AuscultError, DataError } from "../errors/mod.ts";
import { hashBytes, writeAtomic } from "../files/mod.ts";
import "./encoders/encoder.ts";
import { inputs } from "./define_input.ts";
import type { RecordingIdentity } from "./identify_recording.ts";
import type { InputOptions } from "./input_options.ts";
import { type InputWindow, inputWindows } from "./input_windows.ts";
import type { Hear, Listener } from "./listener.ts";
import { type OpenInput, openInput, PartFault } from "./open_input.ts";
import { type ShardIndex, shardWriter } from "./shard_file.ts";

/** Raise it whenever the same recording and options give other numbers: every cache is then built anew. */
const FEATURE_CODE_VERSION = 9;

/** A recording of a shard and what is cut from it. */
export interface ShardRecording extends RecordingIdentity {
  path: string;
  items: { item: number; start: number; end: number }[];
}

/** Somebody's own inputs among those that a shard is made by. */
export interface OwnInputs {
  /** URL of each module that defines one; none for a cell's, which the main thread alone knows. */
  modules: (string | undefined)[];
  /** Of the code of each. */
  sha256: string[];
}

/** Some recordings whose windows stand in one NPY file, `[windows, frames, bands, channels]`, beside a JSON index. */
export interface ShardPlan {
  /** Path without extension. */
  path: string;
  input: InputOptions;
  /** Where an input is, or joins, somebody's own. */
  own?: OwnInputs;
  recordings: ShardRecording[];
  /** Hears each recording on the way. */
  listener?: Listener;
}

/** Recordings that are decoded for their listener alone. */
export type ListenPlan = Required<Pick<ShardPlan, "recordings" | "listener">>;

/** Changes with the bytes of the recordings, the items, every number of the input, and the code. */
export function shardKey({ input, own, recordings }: Omit<ShardPlan, "path" | "listener">): string {
  const content = recordings.map(({ hash, items }) => ({ hash, items: items.map(({ start, end }) => [start, end]) }));
  return hashBytes(JSON.stringify([FEATURE_CODE_VERSION, input, own?.sha256, content])).slice(0, 32);
}

interface BuildShardOptions {
  signal?: AbortSignal;
  onItems?: (items: number) => void;
}

/** Does what a plan says. */
export async function followPlan(plan: ShardPlan | ListenPlan, options: BuildShardOptions): Promise<void> {
  if ("input" in plan) return await buildShard(plan, options);
  for await (const { recording } of decoded(plan, options.signal)) options.onItems?.(recording.items.length);
}

/** Decodes the recordings, writes the NPY file and then its index: whoever sees the index sees both. */
async function buildShard(plan: ShardPlan, { signal, onItems }: BuildShardOptions): Promise<void> {
  const { path } = plan, input = openInput(plan.input);
  let unproven = plan.own !== undefined;
  const windows: ShardIndex["windows"] = [];
  const passedOver: ShardIndex["passedOver"] = [];
  const writer = shardWriter(path, input);
  let first = 0;
  try {
    for await (const { recording, sound } of decoded(plan, signal)) {
      const results = typeof sound === "string"
        ? recording.items.map(() => sound)
        : await extract(sound, recording, { input, prove: unproven });
      unproven &&= !results.some((found) => typeof found !== "string");
      for (const [k, found] of results.entries()) {
        if (typeof found === "string") passedOver.push({ item: first + k, reason: found });
        for (const { start, end, data } of typeof found === "string" ? [] : found) {
          windows.push({ item: first + k, start, end });
          writer.add(data);
        }
      }
      first += recording.items.length;
      onItems?.(recording.items.length);
    }
  } catch (error) {
    writer.discard();
    throw error;
  }
  const index: ShardIndex = {
    ...{ codeVersion: FEATURE_CODE_VERSION, input: { ...plan.input } },
    ...{ hash: writer.finish(), windows, passedOver },
  };
  await writeAtomic(`${path}.json`, JSON.stringify(index));
}

type Sound = Pick<Recording, "samples" | "sampleRate">;

/** One recording after the other, its sound or the reason why there is none; who listens hears each. */
async function* decoded(
  { recordings, listener }: Pick<ShardPlan, "recordings" | "listener">,
  signal?: AbortSignal,
): AsyncGenerator<{ recording: ShardRecording; sound: Sound | string }> {
  const hear: Hear | undefined = listener && (await import(listener.module)).hear;
  let ahead = readAhead(recordings[0]);
  for (const [i, recording] of recordings.entries()) {
    signal?.throwIfAborted();
    const bytes = await ahead;
    ahead = readAhead(recordings[i + 1]); // the disk works while this one is decoded
    const sound = typeof bytes === "string" ? bytes : await reasonOr(() => decode(bytes, recording));
    if (typeof sound !== "string") {
      await hear?.({ ...sound, hash: recording.hash, segments: recording.items }, listener!.settings);
    }
    yield { recording, sound };
  }
}

async function decode(bytes: Uint8Array, { path, file, hash }: ShardRecording): Promise<Sound> {
  if (hashBytes(bytes) !== hash) {
    throw new DataError({ expected: "a file that stays as it is", found: "another content", where: path });
  }
  return await decodeAudio(bytes, file ?? path, { md5: false });
}

/** The windows of an item, the data of each `[frames, bands, channels]`. */
type Windows = { start: number; end: number; data: Float32Array }[];

/** The bytes of a recording, or the reason why there are none; it never rejects, for it may be asked for in vain. */
async function readAhead(recording: ShardRecording | undefined): Promise<Uint8Array | string> {
  if (recording?.file === undefined) return recording?.hash ?? "";
  return await reasonOr(() => readRecordingBytes(recording.file!));
}

/** For each item its windows, or the reason why it has none. */
async function extract(
  { samples, sampleRate }: Sound,
  { path, items }: ShardRecording,
  { input, prove }: { input: OpenInput; /** Whether the first window is computed twice. */ prove: boolean },
): Promise<(Windows | string)[]> {
  const prepared = await reasonOr(() => input.prepare(samples, { sampleRate }));
  if (typeof prepared === "string") return items.map(() => prepared);
  const results: (Windows | string)[] = [];
  for (const { start, end } of items) {
    results.push(
      await reasonOr(async () => {
        if (isSilent(samples, Math.round(start * sampleRate), Math.round(end * sampleRate))) {
          throw new DataError({ expected: "sound", found: `silence from ${start} s to ${end} s`, where: path });
        }
        const windows = inputWindows(prepared, { start, end, input });
        if (prove) await checkRepeatable(input, windows[0]);
        const features: Windows = [];
        for (const { start, end, samples, from } of windows) {
          features.push({ start, end, data: await input.compute(samples, from) });
        }
        return features;
      }),
    );
  }
  return results;
}

/** Refuses an input that gives other numbers for the same samples, by a PartFault. */
export async function checkRepeatable(
  { compute, options }: OpenInput,
  { samples, from }: Pick<InputWindow, "samples" | "from">,
): Promise<void> {
  const first = (await compute(samples, from)).slice();
  const second = await compute(samples, from);
  const at = first.findIndex((value, i) => value !== second[i]);
  if (at < 0) return;
  const { kind } = options as { kind: string };
  throw new PartFault({
    expected: "compute() to give the same for the same samples",
    found: `${first[at]}, then ${second[at]} at ${at}`,
    where: `the input "${kind}" of ${inputs.find(kind).module ?? "a notebook's cell"}`,
    remedy: "take nothing from clocks, Math.random or the call before",
  });
}

/** What `work` gives, or the sentence of its error: one bad file among thousands stops nothing. */
async function reasonOr<T>(work: () => T | Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AuscultError && !(error instanceof PartFault)) return error.message;
    throw error;
  }
}

/** Whether all samples are equal: a microphone that is off may still have an offset. */
function isSilent(samples: Float32Array, first: number, end: number): boolean {
  for (let i = Math.max(0, first); i < Math.min(end, samples.length); i++) {
    if (samples[i] !== samples[Math.max(0, first)]) return false;
  }
  return Math.max(0, first) < Math.min(end, samples.length); // a segment of no samples is refused where it is cut
}
