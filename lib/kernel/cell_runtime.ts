import v8 from "node:v8";
import vm from "node:vm";
import { cellInterrupts, Interrupted, loopChecks } from "./cell_interrupts.ts";
import { cellValues, showAllOutput } from "./cell_output.ts";
import type { RuntimeAddress, StopRequest } from "./runtime_link.ts";
import { terminationGuard } from "./termination_guard.ts";

// This module runs inside the kernel, imported by a hidden cell before the first one of the user.

export interface CellRuntimeOptions extends RuntimeAddress {
  /** Name of the global variable that shall hold the runtime: one that no cell declares. */
  name: string;
  /** Address of a {@linkcode DisplaysModule}. */
  displays?: string;
}

/** `globalThis[Symbol.for("Jupyter.signal")]` is an AbortSignal that fires when the running cell is stopped. */
export const SIGNAL = Symbol.for("Jupyter.signal");

/** `globalThis[Symbol.for("Jupyter.cell")]` is another number in each cell that runs. */
export const RUNNING_CELL = Symbol.for("Jupyter.cell");

const EARS = 3;

/** Makes the cells of this process interruptible. */
export async function startCellRuntime({ name, displays, ...address }: CellRuntimeOptions): Promise<void> {
  const guard = terminationGuard(address, `${name}.lock()`);
  const cells = cellInterrupts({ onResume: guard.watch, onSignalTaken: (cell) => ears.tell(`signal-taken ${cell}`) });
  const interrupt = (text: string): StopRequest => {
    const asked: StopRequest = JSON.parse(text);
    cells.interrupt(asked.cell, asked);
    return asked;
  };
  const ears = openEars(address, async (line) => {
    guard.pass();
    await ears.tell("heard");
    const { cell, collect } = interrupt(line);
    if (!collect) return;
    if (cells.cell() === cell) collectGarbage();
    ears.tell("collected");
  });
  const checks = loopChecks({
    path: address.stop,
    onLook: cells.throwIfStopped,
    onStop(text) {
      interrupt(text);
      cells.throwIfStopped();
    },
  });
  Deno.Command = stoppableCommand(Deno.Command, checks.look);
  showAllOutput();
  const runtime = runtimeOf({ cells, guard, ears, turn: checks.turn, values: cellValues(displays) });
  Object.defineProperty(globalThis, name, { value: runtime, configurable: true });
  Object.defineProperty(globalThis, RUNNING_CELL, { configurable: true, get: cells.cell });
  Object.defineProperty(globalThis, SIGNAL, { configurable: true, get: cells.signal });
  reportUnseenErrors();
  await ears.open();
}

interface RuntimeParts {
  cells: ReturnType<typeof cellInterrupts>;
  guard: ReturnType<typeof terminationGuard>;
  ears: ReturnType<typeof openEars>;
  values: ReturnType<typeof cellValues>;
  turn: (loop: number) => void;
}

/** What rewritten cells and hidden ones call. */
function runtimeOf({ cells, guard, ears, values, turn }: RuntimeParts) {
  const broadcast = Deno.jupyter.broadcast; // a cell may put something else in its place
  const show = (text: string) =>
    broadcast("display_data", { data: { "text/plain": text }, metadata: {}, transient: {} });
  return {
    lock: guard.lock,
    /** `await X` in a cell is `await wait(X)`: the same, but it ends when the cell is stopped. */
    wait: cells.wait,
    /** `for await (… of X)` in a cell is `for await (… of each(X))`. */
    each: cells.each,
    /** Stands in each turn of a cell's loop, with a number of its own: throws when the cell is stopped. */
    turn,
    /** A cell that ends with the expression `X` ends with `result(X)`. */
    result: values.result,
    /** `throw X` in a cell is `throw thrown(X)`. */
    thrown: values.thrown,
    /** Shows what was thrown, after a cell that failed. */
    showThrown: () => show(values.describeThrown()),
    /** Shows what a variable holds, in short; an empty text for functions and for what isn't there. */
    showValue: (get: () => unknown) => show(values.describe(get)),
    /** Stands in front of a cell: what it starts is its own. */
    begin() {
      cells.enter();
      guard.watch();
    },
    /** Shows that everything before it has been shown, and makes ready for the cell `next`. */
    async fence(mark: string, next: number) {
      cells.next(next);
      values.reset();
      await show(mark);
    },
    /** V8 was told to end something: what listens may have been hit, and is made anew. */
    async recover() {
      guard.forget();
      guard.pass();
      await ears.open();
    },
  };
}

/**
 * Connections to the session, by which it is heard. A termination takes with it what waits in the queue of microtasks, also
 * a word that has just arrived: so there are several, each word takes the next one, and they can be opened anew.
 */
function openEars({ port, token }: Pick<RuntimeAddress, "port" | "token">, onLine: (line: string) => void) {
  const connect = Deno.connect;
  let sockets: Deno.Conn[] = [];

  const tell = (word: string) => sockets.at(-1)?.write(new TextEncoder().encode(`${word}\n`)).catch(() => {});

  async function listen(socket: Deno.Conn): Promise<void> {
    const bytes = new Uint8Array(1024);
    let text = "";
    for (let count; (count = await socket.read(bytes).catch(() => null));) {
      const lines = (text + new TextDecoder().decode(bytes.subarray(0, count))).split("\n");
      text = lines.pop()!;
      lines.forEach(onLine);
    }
    // The end of the connection is the end of the one who started this kernel.
    if (sockets.includes(socket)) Deno.kill(Deno.pid, "SIGKILL");
  }

  return {
    tell,
    async open() {
      const old = sockets;
      const opened = await Promise.all(Array.from({ length: EARS }, () => connect({ hostname: "127.0.0.1", port })));
      await Promise.all(opened.map((socket) => socket.write(new TextEncoder().encode(`${token}\n`))));
      sockets = opened;
      opened.forEach(listen);
      for (const socket of old) socket.close();
    },
  };
}

/** Of a program that was ended to stop its cell nothing comes back. */
function stoppableCommand(Command: typeof Deno.Command, look: () => void): typeof Deno.Command {
  return class extends Command {
    override outputSync(): Deno.CommandOutput {
      const result = super.outputSync();
      look();
      return result;
    }
  };
}

/** A promise that nobody awaits must not fail unseen, unless its cell was stopped. */
function reportUnseenErrors(): void {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    if (!(event.reason instanceof Interrupted)) console.error("Uncaught (in promise)", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    if (!(event.error instanceof Interrupted)) console.error("Uncaught", event.error);
  });
}

/**
 * When a cell's chain of awaits was cut by force, its promise will never settle. The kernel answers the cell as soon as
 * the promise has been collected, which left to itself takes many seconds.
 */
function collectGarbage(): void {
  v8.setFlagsFromString("--expose-gc");
  vm.runInNewContext("gc")();
}
