import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  /** @param done Units done so far. @param note A short text behind the bar, e.g. the rate. */
  update(done: number, note?: string): void;
  /** Ends the bar, with a line of its own. */
  stop(): void;
}

/**
 * A bar on standard error where that is a terminal, else a plain line every five seconds; in a notebook, which shows standard
 * error in red, on standard output.
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
  return { update: (done, note = "") => single.update(done, { note }), stop: () => single.stop() };
}

const PATIENCE = 5; // at least so long between two plain lines, s

function lines(label: string, total: number): Progress {
  const started = Date.now();
  let shown = started;
  return {
    update(done, note = "") {
      const now = Date.now();
      if (now - shown < PATIENCE * 1000) return;
      shown = now;
      const seconds = ((now - started) / 1000).toFixed(1);
      const say = inNotebook() ? console.log : console.error;
      say(`${label} ${done}/${total} ${note} after ${seconds} s`.replaceAll(/ +/g, " "));
    },
    stop() {},
  };
}

/** `Deno.jupyter` throws where there is no notebook. */
function inNotebook(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}
