import { Presets, SingleBar } from "cli-progress";

/** Shows how far a long task is. */
export interface Progress {
  /** @param done Units done so far. @param note A short text behind the bar, e.g. the rate. */
  update(done: number, note?: string): void;
  /** Ends the bar, with a line of its own. */
  stop(): void;
}

/**
 * A bar on standard error where that is a terminal, else a plain line each time that another tenth is done.
 *
 * @param total Number of units, e.g. recordings.
 */
export function progress(label: string, total: number): Progress {
  return Deno.stderr.isTerminal() ? bar(label, total) : lines(label, total);
}

function bar(label: string, total: number): Progress {
  const format = `${label} {bar} {value}/{total} {note} {eta_formatted} left`;
  const single = new SingleBar({ format, stream: undefined, hideCursor: true, etaBuffer: 50 }, Presets.shades_classic);
  single.start(total, 0, { note: "" });
  return {
    update: (done, note = "") => single.update(done, { note }),
    stop: () => single.stop(),
  };
}

function lines(label: string, total: number): Progress {
  const started = Date.now();
  let shown = 0;
  return {
    update(done, note = "") {
      const tenth = Math.floor(10 * done / Math.max(1, total));
      if (tenth <= shown) return;
      shown = tenth;
      const seconds = (Date.now() - started) / 1000;
      console.error(`${label} ${done}/${total} ${note} ${seconds.toFixed(1)} s`.replaceAll(/ +/g, " "));
    },
    stop() {},
  };
}
