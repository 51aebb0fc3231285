import { TrainingError } from "../errors/mod.ts";
import { latestEnd } from "./failures_in_a_row.ts";
import { stopAfterFailures } from "./run_worker.ts";
import type { StudyStorage } from "./storage/study_storage.ts";
import { workerName } from "./worker_life.ts";

export interface SuperviseWorkersOptions {
  storage: StudyStorage;
  /** Processes at once. */
  workers: number;
  /** Starts a worker of that name; its standard error is piped. */
  start: (worker: string) => Deno.ChildProcess;
  signal: AbortSignal;
}

/** So many workers in a row may die before they have a trial. */
const EARLY_DEATHS_THAT_STOP = 3;

/**
 * Keeps a number of worker processes at work until the study is done. One that dies is replaced; a trial that made its
 * worker run out of memory counts as failed, any other goes on from its checkpoint in another worker.
 *
 * @returns `"stopped"` where it was aborted: the workers have then given their trials back.
 * @throws {TrainingError} where all workers ended with an error, where they die before they have a trial, or after three
 * trials in a row that failed.
 */
export async function superviseWorkers(options: SuperviseWorkersOptions): Promise<"done" | "stopped"> {
  const { storage, workers, signal } = options;
  const before = latestEnd(await storage.trials());
  const stop = new AbortController();
  const supervision = { ...options, signal: AbortSignal.any([signal, stop.signal]), before };
  const slots = Array.from({ length: workers }, () =>
    keepOneAtWork(supervision).catch((error: unknown) => {
      if (!(error instanceof WorkerError)) stop.abort(); // else the others may go on
      throw error;
    }));
  const errors = (await Promise.allSettled(slots)).filter((end) => end.status === "rejected").map(({ reason }) =>
    reason
  );
  const grave = errors.find((error) => !(error instanceof WorkerError));
  if (grave) throw grave;
  if (signal.aborted) return "stopped";
  if (errors.length < workers) return "done";
  throw new TrainingError({ expected: "a worker that ends well", found: errors[0].message, where: storage.study.name });
}

/** A worker ended in good order, with an error. */
class WorkerError extends Error {}

async function keepOneAtWork(
  { storage, start, signal, before }: SuperviseWorkersOptions & { before: number },
): Promise<void> {
  for (let early = 0; !signal.aborted;) {
    const worker = workerName();
    const child = start(worker);
    const terminate = () => child.kill("SIGTERM");
    signal.addEventListener("abort", terminate);
    const [status, said] = await Promise.all([child.status, lastWords(child.stderr)]);
    signal.removeEventListener("abort", terminate);
    if (status.success || signal.aborted) return;
    const orderly = status.signal === null && status.code < 128;
    if (orderly) {
      await stopAfterFailures(storage, before);
      throw new WorkerError(errorLine(said) ?? `exit status ${status.code}`);
    }
    const trial = (await storage.trials()).find((trial) => trial.state === "running" && trial.worker === worker);
    if (trial === undefined && ++early === EARLY_DEATHS_THAT_STOP) {
      const expected = "workers that live until they have a trial";
      const found = `${early} in a row that died by ${status.signal ?? status.code}: ${said.trim().split("\n").at(-1)}`;
      throw new TrainingError({ expected, found, where: storage.study.name });
    }
    if (trial === undefined) continue;
    early = 0;
    const error = outOfMemory(said);
    if (error) await storage.finish(trial, { state: "fail", value: null, notes: { error } });
    await stopAfterFailures(storage, before);
  }
}

const KEPT = 16_384; // characters of what a worker says last

async function lastWords(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream() as unknown as TextPipe)) {
    text = (text + piece).slice(-KEPT);
  }
  return text;
}

type TextPipe = ReadableWritablePair<string, Uint8Array>;

function errorLine(said: string): string | undefined {
  return said.split("\n").findLast((line) => line.startsWith("error: "))?.slice("error: ".length);
}

/** V8's own words, or those of a C++ library, where a process died for want of memory. */
function outOfMemory(said: string): string | undefined {
  const line = said.split("\n").find((line) => /out of memory|bad_alloc/i.test(line));
  return line && `its worker ran out of memory (${line.replace(/^[#\s]+/, "").trim()})`;
}
