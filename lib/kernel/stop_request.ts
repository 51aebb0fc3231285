/** Where the runtime in the kernel finds its session. */
export interface RuntimeAddress {
  /** Port of the loopback that the words come from. */
  port: number;
  /** First line to send, which shows that this is the right process. */
  token: string;
  /** File that the session locks while a termination is on its way. */
  guard: string;
  /** File that the runtime locks while code of a cell runs. */
  busy: string;
  /** File that the session locks while a cell is to be stopped: loops look at it. Its text is a {@linkcode formatStop}. */
  stop: string;
}

/** What the runtime is asked. Asked again until the cell has ended: a word can get lost in a termination. */
export interface StopRequest {
  cell: number;
  /** Code that took the signal is not waited for. */
  hurried: boolean;
  /** A chain of awaits was cut: its promise is to be collected. */
  collect: boolean;
}

/** A line of text that {@linkcode parseStop} reads. */
export function formatStop({ cell, hurried, collect }: StopRequest): string {
  return JSON.stringify({ cell, hurried, collect });
}

/** The opposite of {@linkcode formatStop}. */
export function parseStop(line: string): StopRequest {
  return JSON.parse(line);
}
