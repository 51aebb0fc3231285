import { FRAME_WIDTH, heartFrames } from "../../lib/audio/heart_cycles/heart_frames.ts";
import { readRecording } from "../../lib/audio/read_recording.ts";
import { hashBytes, progress } from "../../lib/files/mod.ts";
import { type RandomStream, randomStream } from "../../lib/random/mod.ts";

/** A sound in which no heart shall be found. */
export interface HeartlessSound {
  kind: "lung" | "noise" | "clicks";
  /** Who is heard, or the number of what was made up. */
  subject: string;
  /** `[frames, FRAME_WIDTH]` */
  frames: Float32Array;
}

/** What a sound without a heart is there for: half of the subjects to learn from, a quarter each to choose and to judge by. */
export function heartlessPart(subject: string): "learn" | "choose" | "judge" {
  return (["learn", "learn", "choose", "judge"] as const)[parseInt(hashBytes(subject).slice(0, 8), 16) % 4];
}

/** Lungs of SPRSound's training part, every `each`-th recording, and noises and metronomes that are made up. */
export async function heartlessSounds(datasets: string, { each = 4, made = 160 } = {}): Promise<HeartlessSound[]> {
  const folder = `${datasets}/sprsound/BioCAS2022/train2022_wav`;
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort().filter((_, i) => i % each === 0);
  const bar = progress("sounds without a heart", names.length);
  const sounds: HeartlessSound[] = [];
  for (const name of names) {
    const { samples, sampleRate } = await readRecording(`${folder}/${name.replace(/[^.]*$/, "wav")}`);
    sounds.push({ kind: "lung", subject: name.split("_")[0], frames: heartFrames(samples, { sampleRate }) });
    bar.update(sounds.length);
  }
  bar.stop();
  for (let i = 0; i < made; i++) {
    const kind = i % 2 === 0 ? "noise" : "clicks", stream = randomStream(i, "heartless");
    const samples = kind === "noise" ? swellingNoise(stream) : metronome(stream);
    sounds.push({ kind, subject: `${kind} ${i}`, frames: heartFrames(samples, { sampleRate: RATE }) });
  }
  return sounds.filter(({ frames }) => frames.length >= 100 * FRAME_WIDTH);
}

const RATE = 2000, LENGTH = 12 * RATE;

/** Steady, or swelling in a period of 0.3 to 4 s, from rumbling to hissing. */
function swellingNoise(stream: RandomStream): Float32Array {
  const period = stream.uniform(0.3, 4), depth = stream.uniform(), rumble = stream.uniform(0, 0.98);
  let last = 0;
  return Float32Array.from({ length: LENGTH }, (_, i) => {
    last = rumble * last + stream.normal();
    return last * (1 + depth * Math.sin(2 * Math.PI * i / (period * RATE)));
  });
}

/** Clicks of 2 to 12 ms that ring at 100 to 900 Hz, 40 to 240 a minute, in faint noise. */
function metronome(stream: RandomStream): Float32Array {
  const period = 60 / stream.uniform(40, 240), length = stream.uniform(0.002, 0.012), hz = stream.uniform(100, 900);
  const noise = 10 ** stream.uniform(-4, -1.5);
  return Float32Array.from({ length: LENGTH }, (_, i) => {
    const since = (i / RATE) % period;
    return Math.exp(-3 * since / length) * Math.sin(2 * Math.PI * hz * since) + noise * stream.normal();
  });
}
