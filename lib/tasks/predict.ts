import { Command } from "commander";
import type { FilePrediction } from "../predict/mod.ts";
import { interruptSignal, runTask, Stopped, Unread } from "./run_task.ts";
import { wholeNumber } from "./whole_number.ts";

interface Options {
  json?: true;
  csv?: true;
  evenPoor?: true;
  workers: number;
}

const command = new Command("deno task predict")
  .description("Says what a trained model hears in new recordings, or why it refuses to say.")
  .argument("<bundle>", "a run folder, its model/ folder, or an experiment's folder for its latest run: results/demo")
  .argument(
    "<files...>",
    "recordings (WAV, FLAC, MP3, OGG and others), folders of them, or - for their names on standard input",
  )
  .option("--json", "one JSON object a line")
  .option("--csv", "a CSV table")
  .option("--even-poor", "answer poor and foreign recordings too, marked as unsure")
  .option("--workers <n>", "threads that share many files", wholeNumber, navigator.hardwareConcurrency)
  .action(async (bundle: string, names: string[], { workers, ...options }: Options) => {
    const signal = interruptSignal();
    const { findSounds, insightCard, loadBundle, predictFiles, predictionColumns, predictionRow } = await import(
      "../predict/mod.ts"
    );
    const { formatCsv } = await import("../files/mod.ts");
    const predictor = await loadBundle(bundle);
    const { classes } = predictor.bundle;
    const columns = predictionColumns(classes);
    const show = (one: FilePrediction): string => {
      if (options.json) return JSON.stringify({ ...one, ...("label" in one ? { classes } : {}) });
      if (options.csv) {
        return formatCsv([predictionRow(one, classes)], columns).split("\n").slice(1).join("\n").trimEnd();
      }
      return insightCard(one, predictor) + "\n";
    };
    if (options.csv) await say(columns.join(","));
    let unread = 0, count = 0, reason = "";
    const { evenPoor } = options;
    for await (const one of predictFiles(predictor, files(names, findSounds, signal), { evenPoor, workers })) {
      await say(show(one));
      count++;
      if (one.error !== undefined) unread++;
      reason ||= one.error ?? "";
      if (signal.aborted) break;
    }
    if (signal.aborted) throw new Stopped(`stopped after ${count} recordings`);
    await predictor.dispose();
    if (unread > 0 || count === 0) {
      throw new Error(
        count === 0 ? "there is no recording in what was named" : `${unread} of ${count} not read: ${reason}`,
      );
    }
  });

/**
 * A line on standard output.
 *
 * @throws {Unread} where nobody reads on: threads end what they work on first, since a process that ends amid it may crash.
 */
async function say(line: string): Promise<void> {
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
