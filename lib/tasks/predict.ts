import { Command } from "@commander-js/extra-typings";
import { basename, dirname } from "node:path";
import { UsageError } from "../errors/mod.ts";
import type { FilePrediction } from "../predict/mod.ts";
import { collect, countNumber, importNamed, partsOption } from "./option_values.ts";
import { keepRights } from "./keep_rights.ts";
import { interruptSignal, runTask, Stopped, Unread } from "./run_task.ts";

const command = new Command("deno task predict")
  .description("Says what a trained model hears in new recordings, or why it refuses to say.")
  .argument("<bundle>", "a run folder, its model/ folder, or an experiment's folder for its latest run: results/demo")
  .argument(
    "<files...>",
    "recordings (WAV, FLAC, MP3, OGG and others), folders of them, or - for their names on standard input",
  )
  .addOption(partsOption())
  .option(
    "--encoder <file>",
    "the ONNX file of an encoder that the run hears by, where it lies elsewhere than the run says; may be repeated",
    collect,
    [],
  )
  .option(
    "--about <table>",
    "what is known of the patients, for a model that is given it: file,age,sex,… a line a recording",
  )
  .option("--by-subject", "one answer a patient, from all recordings that are of one by the column subject of --about")
  .option("--json", "one JSON object a line")
  .option("--csv", "a CSV table")
  .option("--even-poor", "answer poor and unfamiliar recordings too, marked as unsure")
  .option("--workers <n>", "threads that share many files", countNumber, navigator.hardwareConcurrency)
  .action(async (place, names, { workers, ...options }) => {
    if (new TextEncoder().encode(names.join(" ")).length > LONGEST) throw tooLong(names);
    if (options.bySubject && options.about === undefined) {
      const expected = "a table that says which recordings are of one patient, by --about";
      throw new UsageError({ expected, found: "none", where: "--by-subject" });
    }
    const signal = interruptSignal();
    const { encoder: encoders } = options;
    const read = names.includes("-")
      ? "any"
      : [place, ...names, ...encoders, ...options.about === undefined ? [] : [options.about]];
    await keepRights({ read, parts: options.parts, runtime: true }, signal);
    await importNamed(options);
    const predict = await import("../predict/mod.ts"), { formatCsv, visibleText } = await import("../files/mod.ts");
    const folder = await predict.bundleFolder(place);
    const attributesOf = options.about === undefined ? undefined : await predict.readAttributes(options.about);
    const subjectOf = options.bySubject ? await predict.readSubjects(options.about!) : undefined;
    const { bundle, warnings } = await (await import("../runs/mod.ts")).readBundle(folder), { classes, worth } = bundle;
    const run = `run: ${visibleText(basename(folder) === "model" ? dirname(folder) : folder)}`;
    if (options.json || options.csv) console.error(run);
    else console.log(`${run}\n`);
    if (attributesOf && bundle.members.every(({ metadata }) => metadata === undefined)) {
      warnings.push("this model hears the sound alone: --about changes nothing");
    }
    for (const warning of [...warnings, predict.modelWorth(bundle).warning ?? []].flat()) {
      console.error(`warning: ${warning}`);
    }
    const table = (rows: Record<string, string | number>[], columns: string[], { headed = true } = {}) => {
      const text = formatCsv(rows, columns).trimEnd();
      // A quoted name of a class may hold a line break: what is left out is the header itself.
      return headed ? text : text.slice(formatCsv([], columns).length);
    };
    const show = (one: FilePrediction, headed: boolean): string => {
      if (options.json) return JSON.stringify({ ...one, ...("label" in one ? { classes, worth } : {}) });
      if (!options.csv) return predict.insightCard(one, { bundle }) + "\n";
      return table([predict.predictionRow(one, classes)], predict.predictionColumns(classes), { headed });
    };
    const say = (line: string) => write(Deno.stdout.isTerminal() ? visibleText(line) : line);
    const { evenPoor } = options, asked = { evenPoor, encoders, attributesOf, workers, signal };
    const kept: FilePrediction[] = [];
    const { count, missed, reason } = await countRead(
      predict.predictFiles({ folder }, files(names, predict.findSounds, signal), asked),
      async (one, first) => subjectOf ? void kept.push(one) : await say(show(one, first)),
      signal,
    );
    const joined = subjectOf ? predict.joinSubjects(kept, { bundle, subjectOf }) : [];
    if (options.csv && subjectOf) {
      await say(table(joined.map((one) => predict.subjectRow(one, classes)), predict.subjectColumns(classes)));
    } else {
      for (const one of joined) {
        await say(options.json ? JSON.stringify({ ...one, classes, worth }) : predict.subjectWords(one, classes));
      }
    }
    if (count === 0) throw new Error("there is no recording in what was named");
    if (missed > 0) throw new Error(`${missed} of ${count} not read: ${reason}`);
  });

/**
 * Gives each answer to `take`, until the signal.
 *
 * @returns how many there were, and how many of them could not be read, with the first reason.
 * @throws {Stopped} by the signal.
 */
async function countRead(
  answers: AsyncIterable<FilePrediction>,
  take: (one: FilePrediction, first: boolean) => Promise<void>,
  signal: AbortSignal,
): Promise<{ count: number; missed: number; reason: string }> {
  let missed = 0, count = 0, reason = "";
  try {
    for await (const one of answers) {
      await take(one, count === 0);
      count++;
      if (one.error !== undefined) missed++;
      reason ||= one.error ?? "";
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (signal.aborted) throw new Stopped(`stopped after ${count} recordings`);
  return { count, missed, reason };
}

/** Bytes of names on a command line. Of some 16,000 on, onnxruntime 1.30.0 overflows its stack when it begins. */
const LONGEST = 12_000;

function tooLong(names: readonly string[]): UsageError {
  return new UsageError({
    expected: `names of at most ${LONGEST} bytes together, which is what onnxruntime can bear`,
    found: `${names.length} names`,
    remedy: "name their folder, or give the names on standard input: ls *.wav | deno task predict RUN -",
  });
}

/**
 * A line on standard output.
 *
 * @throws {Unread} where nobody reads on: threads end what they work on first, since a process that ends amid it may crash.
 */
async function write(line: string): Promise<void> {
  let rest: Uint8Array = new TextEncoder().encode(line + "\n");
  try {
    while (rest.length > 0) rest = rest.subarray(await Deno.stdout.write(rest));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new Unread();
    throw error;
  }
}

/** The names, with the lines of standard input in place of `-`, until the signal. */
async function* files(
  names: string[],
  find: (names: Iterable<string>) => AsyncGenerator<string>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (const name of names) {
    if (signal.aborted) return;
    if (name !== "-") yield* find([name]);
    else for await (const line of lines(Deno.stdin.readable, signal)) yield* find([line]);
  }
}

async function* lines(bytes: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  const texts = bytes.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  const stop = () => texts.cancel();
  signal.addEventListener("abort", stop);
  let rest = "";
  for (let read = await texts.read(); !read.done; read = await texts.read()) {
    const parts = (rest + read.value).split(/\r?\n/);
    rest = parts.pop()!;
    yield* parts.filter(Boolean);
  }
  signal.removeEventListener("abort", stop);
  if (rest !== "") yield rest;
}

await runTask(command);
