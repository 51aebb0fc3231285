import { endPrograms } from "./end_programs.ts";
import { formatStop, openRuntimeLink, type RuntimeAddress, type StopRequest } from "./runtime_link.ts";

/** What stops what does not hear. */
export interface InterrupterOptions {
  /** Has V8 end what runs in the kernel; resolves when the order has arrived. */
  terminate: () => Promise<unknown>;
  /** Ends programs that the kernel waits for, if they have run no longer than `seconds`. */
  endPrograms: (options: Parameters<typeof endPrograms>[1]) => Promise<number>;
}

/** A process that doesn't hear for so long runs a loop without an await, or waits for a program. */
const HEARS_WITHIN_MS = 400;
const ENDS_WITHIN_MS = 100; // a cell that heard has ended within this time, unless it catches everything
/** Code that took the signal wants to end by itself, e.g. to keep the best weights; it may be in the middle of a long step. */
const GRACE_MS = 5000;
const AT_GUARD_WITHIN_MS = 40; // whoever waits at the guard has come to its time limit of 1 ms
/** After a termination the cell's reply comes within this time, unless its chain of awaits was cut. */
const REPLIES_WITHIN_MS = 100;
/** What still doesn't hear when its program was ended so long ago waits for another, or the program goes on. */
const BLOCKED_AFTER_MS = 250;
const LAST_RESORT_AFTER_MS = 2500; // so long a library may do what no cell's code is seen in, and not be heard of

/** A cell that runs, or has run. */
interface CellToStop extends StopRequest {
  began: number;
  asked?: number; // when it was asked to stop
  terminated: boolean; // V8 was told to end what ran in it
  signalTaken: boolean;
  programsEnded: boolean; // it waited for a program that was ended
  isOver: boolean;
}

/** Stops the running cell from outside its process, by the loopback port to which the runtime in the kernel connects. */
export class Interrupter {
  readonly address: RuntimeAddress;
  /** Resolves when the runtime is there. */
  readonly connected: Promise<void>;
  #options: InterrupterOptions;
  #link = openRuntimeLink();
  #guard = openLock("guard");
  #busy = openLock("busy");
  #sign = openLock("stop");
  #cell = newCell(0);
  #closed = false;
  #said = new Map<string, number>();
  #changed = Promise.withResolvers<void>();

  constructor(options: InterrupterOptions) {
    this.#options = options;
    const { port, token, connected } = this.#link;
    this.address = { port, token, guard: this.#guard.path, busy: this.#busy.path, stop: this.#sign.path };
    this.connected = connected;
    this.#link.onLine((line) => {
      if (line === `signal-taken ${this.#cell.cell}`) this.#cell.signalTaken = true;
      this.#said.set(line, this.#times(line) + 1);
      this.#notify();
    });
  }

  /** A cell begins. */
  begin(number: number): void {
    this.#cell = newCell(number);
  }

  /** The cell has ended: from now on nothing is stopped. */
  end(): void {
    this.#cell.isOver = true;
    this.#notify();
  }

  /** The cell that runs, or ran last. */
  get latest(): Readonly<CellToStop> {
    return this.#cell;
  }

  /** Asks the running cell to stop. Asked twice, code that took the signal is not waited for. */
  stop(): void {
    const cell = this.#cell;
    if (cell.isOver) return;
    if (cell.asked !== undefined) {
      cell.hurried = true;
      return this.#notify();
    }
    cell.asked = performance.now();
    this.#stop(cell).catch((error) => {
      if (!this.#closed) throw error;
    });
  }

  close(): void {
    if (this.#closed) return; // who stops a cell that doesn't end closes its kernel, and so does who started it
    this.#closed = true;
    this.end();
    for (const open of [this.#link, this.#guard, this.#busy, this.#sign]) open.close();
  }

  async #stop(stopped: CellToStop) {
    let signed = false;
    for (let heardAt = performance.now(); !stopped.isOver;) {
      const heard = this.#times("heard"), collected = this.#times("collected");
      const { hurried, collect, terminated } = stopped;
      const moved = () => stopped.isOver || stopped.hurried !== hurried;
      const patience = stopped.signalTaken && !hurried ? GRACE_MS : HEARS_WITHIN_MS;
      this.#link.tell(formatStop(stopped));
      if (!signed || hurried) await Deno.writeTextFile(this.#sign.path, formatStop(stopped));
      if (!signed) await this.#sign.file.lock(true);
      signed = true;
      if (await this.#until(() => this.#times("heard") > heard || moved(), patience)) {
        while (collect && this.#times("collected") === collected && !moved()) await this.#until(moved, patience);
        // It may spin from then on, catching one interrupt after the other.
        await this.#until(moved, stopped.signalTaken && !hurried ? GRACE_MS : ENDS_WITHIN_MS);
        stopped.hurried ||= performance.now() - stopped.asked! > GRACE_MS;
        stopped.collect = terminated; // it hears, and the cell has not ended
        heardAt = performance.now();
        continue;
      }
      if (moved() || !stopped.programsEnded && await this.#endItsPrograms(stopped)) continue;
      await this.#underGuard(stopped, performance.now() - heardAt > LAST_RESORT_AFTER_MS);
      await this.#until(() => stopped.isOver, REPLIES_WITHIN_MS);
    }
    if (signed && !this.#closed) this.#sign.file.unlockSync();
  }

  /** What doesn't hear may wait for a program: it is ended as by Ctrl-C, then by force. Whether there was one. */
  async #endItsPrograms(stopped: CellToStop): Promise<boolean> {
    for (const kill of [false, true]) {
      const seconds = (performance.now() - stopped.began) / 1000;
      if (stopped.isOver || await this.#options.endPrograms({ seconds, kill }) === 0) return kill;
      stopped.programsEnded = true;
      await this.#until(() => stopped.isOver, BLOCKED_AFTER_MS);
    }
    return true;
  }

  /** Terminates what runs, unless nothing of a cell does. Whatever comes to its end meanwhile waits at the guard. */
  async #underGuard(stopped: CellToStop, lastResort: boolean) {
    await this.#guard.file.lock(true);
    try {
      const idle = await this.#busy.file.tryLock(true);
      if (idle) this.#busy.file.unlockSync();
      if (stopped.isOver || idle && !lastResort) return;
      stopped.terminated = true;
      await this.#options.terminate();
      await this.#until(() => false, AT_GUARD_WITHIN_MS);
    } finally {
      this.#guard.file.unlockSync();
    }
  }

  #notify() {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** How often the runtime has said it. */
  #times(word: string): number {
    return this.#said.get(word) ?? 0;
  }

  /** Waits until it is so, but no longer than `ms`; whether it is. */
  async #until(isSo: () => boolean, ms: number): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const end = performance.now() + ms, timer = setTimeout(resolve, ms);
    while (!isSo() && performance.now() < end) await Promise.race([this.#changed.promise, late]);
    clearTimeout(timer);
    return isSo();
  }
}

function newCell(number: number): CellToStop {
  const state = { hurried: false, collect: false, terminated: false, signalTaken: false, programsEnded: false };
  return { cell: number, ...state, isOver: number === 0, began: performance.now() };
}

/** A file whose lock says something to another process. */
function openLock(name: string) {
  const path = Deno.makeTempFileSync({ prefix: "deno-kernel-", suffix: `.${name}` });
  const file = Deno.openSync(path, { write: true });
  return {
    path,
    file,
    close() {
      file.close();
      Deno.removeSync(path);
    },
  };
}
