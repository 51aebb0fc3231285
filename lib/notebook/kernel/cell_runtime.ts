import v8 from "node:v8";
import vm from "node:vm";
import { showAllOutput } from "./cell_output.ts";
import { cellValues } from "./cell_values.ts";
import { INTERRUPT } from "./interrupter.ts";

// This module runs inside the kernel, imported by a hidden cell before the first one of the user.

/** What awaited code gets to see when its cell was stopped. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("The cell was stopped.");
    this.stack = `${this.name}: ${this.message}`; // where the runtime made it says nothing
  }
}

/** What rewritten cells and hidden ones call; they find it under {@linkcode RUNTIME}. */
export interface CellRuntime {
  /** `await X` in a cell is `await wait(X)`: the same, but it ends when the cell is stopped. */
  wait<T>(value: T): T | Promise<Awaited<T>>;
  /** `for await (… of X)` in a cell is `for await (… of each(X))`. */
  each<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncIterable<T>;
  /** A cell that ends with the expression `X` ends with `result(X)`. */
  result<T>(value: T): T;
  /** `throw X` in a cell is `throw thrown(X)`. */
  thrown<T>(value: T): T;
  /** Shows {@linkcode CellValues.describeThrown}, after a cell that failed. */
  showThrown(): Promise<void>;
  /** Shows what a variable holds, in short; an empty text for functions and for what isn't there. */
  showValue(get: () => unknown): Promise<void>;
  /** Shows that everything before it has been shown, and makes ready for the next cell. */
  fence(mark: string): Promise<void>;
}

/** Options of {@linkcode startCellRuntime}. */
export interface CellRuntimeOptions {
  /** Port of the loopback that the interrupts come from. */
  port: number;
  /** First line to send, which shows that this is the right process. */
  token: string;
  /** Address of a {@linkcode DisplaysModule}. */
  displays?: string;
}

/** Name of the global variable that holds the runtime. */
export const RUNTIME = "__cell";
/** `globalThis[Symbol.for("Jupyter.signal")]` is an AbortSignal that fires when the running cell is stopped. */
export const SIGNAL = Symbol.for("Jupyter.signal");

/** Code that took the signal gets this long to end by itself, e.g. to keep the best weights; a second interrupt ends it. */
const GRACE_MS = 5000;

/** Makes the cells of this process interruptible. */
export async function startCellRuntime({ port, token, displays }: CellRuntimeOptions): Promise<void> {
  const interrupts = cellInterrupts();
  showAllOutput();
  const values = cellValues(displays);
  const broadcast = Deno.jupyter.broadcast; // a cell may put something else in its place
  const show = (text: string) =>
    broadcast("display_data", { data: { "text/plain": text }, metadata: {}, transient: {} });
  const runtime: CellRuntime = {
    wait: interrupts.wait,
    each: interrupts.each,
    result: values.result,
    thrown: values.thrown,
    showThrown: () => show(values.describeThrown()),
    showValue: (get) => show(values.describe(get)),
    async fence(mark) {
      interrupts.reset();
      values.reset();
      await show(mark);
    },
  };
  Object.defineProperty(globalThis, RUNTIME, { value: runtime, configurable: true });
  const socket = await Deno.connect({ hostname: "127.0.0.1", port });
  const tell = (word: string) => socket.write(new TextEncoder().encode(`${word}\n`));
  Object.defineProperty(globalThis, SIGNAL, {
    configurable: true,
    get() {
      tell("signal-taken");
      return interrupts.signal();
    },
  });
  await tell(token);
  listen(socket, (byte) => {
    tell("heard");
    if (byte === INTERRUPT) interrupts.interrupt();
    else collectGarbage();
  });
  // A promise that nobody awaits must not fail unseen.
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error("Uncaught (in promise)", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    console.error("Uncaught", event.error);
  });
}

/** Bytes come one by one. The end of the connection is the end of the one who started this kernel. */
async function listen(socket: Deno.Conn, onByte: (byte: number) => void): Promise<void> {
  const byte = new Uint8Array(1);
  try {
    while (await socket.read(byte)) onByte(byte[0]);
  } finally {
    Deno.kill(Deno.pid, "SIGKILL");
  }
}

/**
 * When a cell's chain of awaits was cut by force, its promise will never settle. The kernel answers the cell as soon as
 * the promise has been collected, which left to itself takes many seconds.
 */
function collectGarbage(): void {
  v8.setFlagsFromString("--expose-gc");
  vm.runInNewContext("gc")();
}

/** The waiting awaits of the running cell and its signal. */
export function cellInterrupts() {
  const waiters = new Set<(reason: Interrupted) => void>();
  let controller = new AbortController();
  let taken = false;
  let interrupted: Interrupted | undefined;

  function rejectWaiters() {
    for (const reject of waiters) reject(interrupted ?? new Interrupted());
    waiters.clear();
  }

  function wait<T>(value: T): T | Promise<Awaited<T>> {
    if (!isThenable(value)) return value;
    // A race against one promise that lives long would keep all it ever raced against: hence the set.
    return new Promise((resolve, reject) => {
      waiters.add(reject);
      const settle = <V>(how: (value: V) => void) => (value: V) => {
        waiters.delete(reject);
        how(value);
      };
      Promise.resolve(value).then(settle(resolve), settle(reject));
      if (interrupted) settle(reject)(interrupted);
    });
  }

  async function* each<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>) {
    const source = items as AsyncIterable<T>;
    const iterator = source[Symbol.asyncIterator]?.() ?? (items as Iterable<T>)[Symbol.iterator]();
    let done = false;
    try {
      while (true) {
        const result = await wait(iterator.next());
        done = result.done ?? false;
        if (done) return;
        yield await wait(result.value);
      }
    } finally {
      if (!done) iterator.return?.();
    }
  }

  return {
    wait,
    each,
    signal() {
      taken = true;
      return controller.signal;
    },
    interrupt() {
      const again = interrupted !== undefined;
      interrupted = new Interrupted();
      controller.abort(interrupted);
      // A timer per interrupt; a cell that has ended meanwhile has no waiters left and reset() forgot the interrupt.
      const reason = interrupted;
      if (again || !taken) rejectWaiters();
      else setTimeout(() => interrupted === reason && rejectWaiters(), GRACE_MS);
    },
    /** A new cell begins. */
    reset() {
      if (interrupted) controller = new AbortController();
      interrupted = undefined;
      taken = false;
    },
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (typeof value === "object" || typeof value === "function") && value !== null &&
    typeof (value as { then?: unknown }).then === "function";
}
