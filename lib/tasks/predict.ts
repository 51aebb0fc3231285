import { Command } from "@commander-js/extra-typings";
import { basename, dirname } from "node:path";
import { UsageError } from "../errors/mod.ts";
import type { FilePrediction } from "../predict/mod.ts";
import { collect, countNumber } from "./option_values.ts";
import { importNamed, partsOption } from "./parts_option.ts";
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
    const {
      bundleFolder,
      findSounds,
      insightCard,
      joinSubjects,
      modelWorth,
      predictFiles,
      predictionColumns,
      predictionRow,
      readAttributes,
      readSubjects,
      subjectColumns,
      subjectRow,
      subjectWords,
    } = await import("../predict/mod.ts");
    const { formatCsv, visibleText } = await import("../files/mod.ts");
    const { readBundle } = await import("../runs/mod.ts");
    const folder = await bundleFolder(place);
    const attributesOf = options.about === undefined ? undefined : await readAttributes(options.about);
    const subjectOf = options.bySubject ? await readSubjects(options.about!) : undefined;
    const { bundle, warnings } = await readBundle(folder);
    const { classes } = bundle;
    const run = `run: ${visibleText(basename(folder) === "model" ? dirname(folder) : folder)}`;
    if (options.json || options.csv) console.error(run);
    else console.log(`${run}\n`);
    for (const warning of warnings) console.error(`warning: ${warning}`);
    if (attributesOf && bundle.members.every(({ metadata }) => metadata === undefined)) {
      console.error("warning: this model hears the sound alone: --about changes nothing");
    }
    const { warning } = modelWorth(bundle);
    if (warning) console.error(`warning: ${warning}`);
    const columns = predictionColumns(classes);
    const show = (one: FilePrediction, first: boolean): string => {
      if (options.json) return JSON.stringify({ ...one, ...("label" in one ? { classes, worth: bundle.worth } : {}) });
      if (!options.csv) return insightCard(one, { bundle }) + "\n";
      const rows = formatCsv([predictionRow(one, classes)], columns).trimEnd();
      // A quoted name of a class may hold a line break: what is left out is the header itself.
      return first ? rows : rows.slice(formatCsv([], columns).length);
    };
    const say = (line: string) => write(Deno.stdout.isTerminal() ? visibleText(line) : line);
    const { evenPoor } = options, kept: FilePrediction[] = [];
    let missed = 0, count = 0, reason = "";
    try {
      for await (
        const one of predictFiles({ folder }, files(names, findSounds, signal), {
          ...{ evenPoor, encoders, attributesOf, workers, signal },
        })
      ) {
        if (subjectOf) kept.push(one);
        else await say(show(one, count === 0));
        count++;
        if (one.error !== undefined) missed++;
        reason ||= one.error ?? "";
        if (signal.aborted) break;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (signal.aborted) throw new Stopped(`stopped after ${count} recordings`);
    const joined = subjectOf ? joinSubjects(kept, { bundle, subjectOf }) : [];
    if (options.csv && subjectOf) {
      await say(formatCsv(joined.map((one) => subjectRow(one, classes)), subjectColumns(classes)).trimEnd());
    } else {
      for (const one of joined) {
        await say(options.json ? JSON.stringify({ ...one, classes, worth: bundle.worth }) : subjectWords(one, classes));
      }
    }
    if (missed > 0 || count === 0) {
      throw new Error(
        count === 0 ? "there is no recording in what was named" : `${missed} of ${count} not read: ${reason}`,
      );
    }
  });

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
