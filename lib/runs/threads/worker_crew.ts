import { AuscultError, DataError, type Problem } from "../../errors/mod.ts";

/** Threads that share the work: each answers one order at a time, in the order in which they were given. */
export interface WorkerCrew<Order, Answer> {
  /** Rejects where the thread that worked on it died; the others go on, and another thread takes its place. */
  ask(order: Order): Promise<Answer>;
  /** Ends the threads, each after what it works on: one that is ended amid a network says so on standard error. */
  stop(): Promise<void>;
}

export interface WorkerCrewOptions<Order> {
  /** Threads at most; each is started when there is work for it. */
  workers: number;
  /** What a thread may do. @default {as much as this one} */
  permissions?: Deno.PermissionOptionsObject;
  /** What a thread is sent for an order, made when it takes it; buffers of its bytes move there. @default {the order} */
  prepare?: (order: Order) => Promise<Order & { bytes?: Uint8Array<ArrayBuffer> }>;
  /** Aborted, no order is answered any more. */
  signal?: AbortSignal;
}

interface Task<Order, Answer> extends PromiseWithResolvers<Answer> {
  order: Order;
}

/** What a thread tells: that it listens, or its answer. */
type CrewMessage<Answer> = { ready: true } | { answer: Answer } | { failure: string; problem?: Problem };

/** So long does {@linkcode WorkerCrew.stop} wait for threads: a network may never end. */
const PATIENCE = 1000; // ms

/**
 * Threads that run a module which calls {@linkcode answerCrew}.
 *
 * @param url Of the module.
 */
export function workerCrew<Order, Answer>(url: string, options: WorkerCrewOptions<Order>): WorkerCrew<Order, Answer> {
  const { workers, signal } = options;
  const waiting: Task<Order, Answer>[] = [];
  const idle: Take<Order, Answer>[] = [];
  const crew = new Set<CrewThread>();
  let started = 0;

  const start = () => {
    const thread = crewThread<Order, Answer>(url, {
      ...options,
      onFree(take) {
        const first = waiting.shift();
        if (first) take(first);
        else idle.push(take);
      },
      onDeath(error, listened) {
        crew.delete(thread);
        // One that never listened would die again: without any left, nobody does what waits.
        if (listened) start();
        else if (crew.size === 0) { for (const { reject } of waiting.splice(0)) reject(error); }
      },
    });
    crew.add(thread);
  };

  return {
    ask(order) {
      const task = { order, ...Promise.withResolvers<Answer>() };
      const stopped = () => task.reject(signal!.reason);
      if (signal?.aborted) stopped();
      signal?.addEventListener("abort", stopped);
      task.promise.catch(() => {}).finally(() => signal?.removeEventListener("abort", stopped));
      const take = idle.shift();
      if (take) take(task);
      else {
        if (started++ < workers) start();
        if (crew.size > 0) waiting.push(task);
        else task.reject(new Error("no thread is left"));
      }
      return task.promise;
    },
    async stop() {
      waiting.length = 0;
      const timer = Promise.withResolvers<void>();
      const id = setTimeout(timer.resolve, PATIENCE);
      await Promise.race([Promise.all(Array.from(crew, ({ done }) => done())), timer.promise]);
      clearTimeout(id);
      for (const { worker } of crew) worker.terminate();
    },
  };
}

type Take<Order, Answer> = (task: Task<Order, Answer>) => void;

interface CrewThread {
  worker: Worker;
  /** Resolves when it has ended what it works on, which may go on when nobody waits for the answer. */
  done(): Promise<void>;
}

function crewThread<Order, Answer>(
  url: string,
  { permissions, prepare, onFree, onDeath }: WorkerCrewOptions<Order> & {
    onFree(take: Take<Order, Answer>): void;
    onDeath(error: Error, listened: boolean): void;
  },
): CrewThread {
  const worker = new Worker(url, { type: "module", ...permissions ? { deno: { permissions } } : {} });
  let task: Task<Order, Answer> | undefined, listens = false, work: PromiseWithResolvers<void> | undefined;
  const end = () => {
    const ended = task;
    work?.resolve();
    task = work = undefined;
    return ended;
  };
  const take = (given: Task<Order, Answer>) => {
    task = given;
    work = Promise.withResolvers();
    const prepared = prepare ? prepare(given.order) : Promise.resolve(given.order);
    prepared.then(
      (message) => worker.postMessage(message, buffersOf(message)),
      (error) => {
        end()?.reject(error);
        onFree(take);
      },
    );
  };
  worker.onmessage = ({ data }: MessageEvent<CrewMessage<Answer>>) => {
    const answered = end();
    listens = true;
    if ("answer" in data) answered?.resolve(data.answer);
    else if ("failure" in data) answered?.reject(data.problem ? new DataError(data.problem) : new Error(data.failure));
    onFree(take);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    const error = new Error(event.message);
    end()?.reject(error);
    onDeath(error, listens);
  };
  return { worker, done: () => work?.promise ?? Promise.resolve() };
}

/** What moves to the thread rather than being copied. */
function buffersOf(message: unknown): ArrayBuffer[] {
  const { bytes } = Object(message) as { bytes?: Uint8Array<ArrayBuffer> };
  return bytes ? [bytes.buffer] : [];
}

/** In a thread of a {@linkcode workerCrew}: answers its orders. */
export function answerCrew<Message, Answer>(answer: (message: Message) => Promise<Answer>): void {
  const thread = globalThis as unknown as {
    onmessage: (event: MessageEvent<Message>) => void;
    postMessage(message: CrewMessage<Answer>): void;
  };
  thread.onmessage = async ({ data }) => {
    try {
      thread.postMessage({ answer: await answer(data) });
    } catch (error) {
      const { cause: _cause, ...problem } = error instanceof AuscultError ? error.problem : {} as Partial<Problem>;
      const failure = error instanceof Error ? error.message : String(error);
      thread.postMessage({ failure, ...problem.expected ? { problem: problem as Problem } : {} });
    }
  };
  thread.postMessage({ ready: true }); // an order sent before the modules are loaded would be lost
}
