import { progressLine, type StudyStorage, sweepProgress, sweepTable } from "../../sweep/mod.ts";

export interface WatchSweepOptions {
  /** Trials that the study is to have. */
  limit: number;
  /** Name of the score. */
  objective?: string;
  /** Epochs that a trial has when nothing stops it. */
  steps?: number;
  /** Aborted by Ctrl-C: what the terminal shows then is left, and the table goes on below it. */
  signal?: AbortSignal;
  /** Whether lines can be drawn over. @default whether standard error is a terminal */
  terminal?: boolean;
  /** @default {2000} */
  everyMs?: number;
  /** Where it is written. @default standard error */
  write?: (text: string) => void;
}

/**
 * Shows how far a sweep is: a table that is drawn anew in place on a terminal, elsewhere a line whenever something has
 * changed.
 *
 * @returns a function that shows it a last time and ends it.
 */
export function watchSweep(storage: StudyStorage, options: WatchSweepOptions): () => Promise<void> {
  const { limit, objective, steps, signal, terminal = Deno.stderr.isTerminal(), everyMs = 2000, write = writeError } =
    options;
  const { name, direction } = storage.study;
  const started = performance.now();
  let endedAtStart: number | undefined, drawn = 0, last = "";

  const look = async () => {
    const trials = await storage.trials();
    endedAtStart ??= sweepProgress(trials, { direction, limit }).ended;
    const since = { ended: endedAtStart, hours: (performance.now() - started) / 3.6e6 };
    const progress = sweepProgress(trials, { direction, limit, since });
    if (!terminal) {
      // The rate changes with every look; that alone is no news.
      const news = progressLine({ ...progress, perHour: null, hoursLeft: null });
      if (news !== last) write(`${progressLine(progress)}\n`);
      last = news;
      return;
    }
    const lines = sweepTable(trials, { name, direction, progress, objective, steps, width: columns() });
    // Up to where the last table began, and all below is cleared.
    write(`${drawn > 0 ? `\x1b[${drawn}A` : ""}\r\x1b[J${lines.join("\n")}\n`);
    drawn = lines.length;
  };

  signal?.addEventListener("abort", () => drawn = 0);
  let looking: Promise<void> = look().catch(() => {});
  const timer = setInterval(() => looking = looking.then(look).catch(() => {}), everyMs);
  let ended: Promise<void> | undefined;
  return () => {
    clearInterval(timer);
    return ended ??= looking.then(look).catch(() => {});
  };
}

function writeError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}

function columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}
