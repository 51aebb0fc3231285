import { recordingSeeds } from "../../lib/audio/fixtures/mod.ts";
import { encodeWav, readRecording, readRecordingBytes, signalQuality } from "../../lib/audio/mod.ts";
import { loadBundle, predictFile } from "../../lib/predict/mod.ts";
import { AuscultError, DataError } from "../../lib/errors/mod.ts";
import { beats, writeFixtureBundle } from "../../lib/predict/fixture_bundle.ts";
import { type FuzzTarget, requireFinite, WrongAnswer } from "./fuzz_target.ts";

/** Damaged recordings, read and judged for their quality. */
const recordings: FuzzTarget = {
  name: "recordings",
  prepare: () => Promise.resolve(recordingSeeds()),
  async read(folder, { name }) {
    const { samples, sampleRate } = await readRecording(`${folder}/${name}`);
    if (!(sampleRate >= 50 && sampleRate <= 768_000)) throw new WrongAnswer(`a rate of ${sampleRate} Hz`);
    requireFinite(samples, "a sample of");
    requireFinite([signalQuality(samples, { sampleRate, sound: "heart" }).probability], "a quality of");
  },
};

/** Damaged recordings, answered by a network. */
const predictions: FuzzTarget = {
  name: "predict",
  async prepare(folder) {
    await writeFixtureBundle(`${folder}/run`);
    const beating = encodeWav(beats(3), { sampleRate: 2000 });
    return [{ name: "beats.wav", bytes: beating }, ...recordingSeeds()];
  },
  async read(folder, { name }) {
    await using bundle = disposable(await loadBundle(`${folder}/run`));
    const bytes = await readRecordingBytes(`${folder}/${name}`);
    const said = predictFile(bundle.value, { file: name, bytes }).catch((error) =>
      Promise.reject(namedBy(name, error))
    );
    requireFinite(numbersOf(await said), "an answer of");
  },
};

/** Damaged bundles: refused, or with the very answer of the whole one. */
const bundles: FuzzTarget = {
  name: "bundles",
  async prepare(folder) {
    await writeFixtureBundle(`${folder}/whole`, {}, { networks: 1 });
    await writeFixtureBundle(`${folder}/run`, {}, { networks: 1 });
    await Deno.writeFile(`${folder}/beats.wav`, encodeWav(beats(3), { sampleRate: 2000 }));
    const names = Array.from(Deno.readDirSync(`${folder}/run/model`), ({ name }) => name).toSorted();
    return names.map((name) => ({
      name: `run/model/${name}`,
      bytes: Deno.readFileSync(`${folder}/run/model/${name}`),
      text: name.endsWith(".json"),
    }));
  },
  async read(folder) {
    const bytes = await readRecordingBytes(`${folder}/beats.wav`);
    const answers = [];
    for (const run of ["run", "whole"]) {
      await using bundle = disposable(await loadBundle(`${folder}/${run}`));
      answers.push(await predictFile(bundle.value, { file: "beats.wav", bytes }));
    }
    const [given, right] = answers.map((answer) => [...numbersOf(answer)]);
    requireFinite(given, "an answer of");
    if (String(given) !== String(right)) throw new WrongAnswer(`${given} instead of ${right}`);
  },
};

/** `predict` tells the name beside the sentence. */
function namedBy(name: string, error: unknown): unknown {
  return error instanceof AuscultError ? new DataError({ ...error.problem, where: name }) : error;
}

function disposable<T extends { dispose(): Promise<void> }>(value: T) {
  return { value, [Symbol.asyncDispose]: () => value.dispose() };
}

/** Every number of an answer, in order. */
function* numbersOf(value: unknown): Generator<number> {
  if (typeof value === "number") yield value;
  else if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) {
      yield* numbersOf(one);
    }
  }
}

export const soundTargets = [recordings, predictions, bundles];
