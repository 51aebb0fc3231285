/** Threads that share the work: each answers one order at a time, in the order in which they were given. */
export interface WorkerCrew<Order, Answer> {
  /** Rejects where the thread that worked on it died; the others go on, and another thread takes its place. */
  ask(order: Order): Promise<Answer>;
  /** Ends the threads, each after what it works on: one that is ended amid a network says so on standard error. */
  stop(): Promise<void>;
}

interface Task<Order, Answer> extends PromiseWithResolvers<Answer> {
  order: Order;
}

/** What a thread tells: that it listens, or its answer. */
type CrewMessage<Answer> = { ready: true } | { answer: Answer } | { failure: string };

/**
 * Starts threads that run a module which calls {@linkcode answerCrew}.
 *
 * @param url Of the module.
 */
export function workerCrew<Order, Answer>(url: string, { workers }: { workers: number }): WorkerCrew<Order, Answer> {
  const waiting: Task<Order, Answer>[] = [];
  const idle: ((task: Task<Order, Answer>) => void)[] = [];
  const crew = new Set<Worker>();
  const busy = new Set<Promise<Answer>>();

  const start = () => {
    const worker = new Worker(url, { type: "module" });
    crew.add(worker);
    let task: Task<Order, Answer> | undefined;
    let listens = false;
    const next = () => {
      const first = waiting.shift();
      if (first) take(first);
      else idle.push(take);
    };
    const take = (given: Task<Order, Answer>) => {
      task = given;
      busy.add(given.promise);
      given.promise.catch(() => {}).finally(() => busy.delete(given.promise));
      worker.postMessage(given.order);
    };
    worker.onmessage = ({ data }: MessageEvent<CrewMessage<Answer>>) => {
      const done = task;
      task = undefined;
      listens = true;
      if ("answer" in data) done?.resolve(data.answer);
      else if ("failure" in data) done?.reject(new Error(data.failure));
      next();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      crew.delete(worker);
      const error = new Error(event.message);
      task?.reject(error);
      // One that never listened would die again: without any left, nobody does what waits.
      if (listens) start();
      else if (crew.size === 0) { for (const { reject } of waiting.splice(0)) reject(error); }
    };
  };
  for (let i = 0; i < workers; i++) start();

  return {
    ask(order) {
      const task = { order, ...Promise.withResolvers<Answer>() };
      const take = idle.shift();
      if (take) take(task);
      else if (crew.size > 0) waiting.push(task);
      else task.reject(new Error("no thread is left"));
      return task.promise;
    },
    async stop() {
      waiting.length = 0;
      await Promise.allSettled(busy);
      for (const worker of crew) worker.terminate();
    },
  };
}

/** In a thread of a {@linkcode workerCrew}: answers its orders. */
export function answerCrew<Order, Answer>(answer: (order: Order) => Promise<Answer>): void {
  const thread = globalThis as unknown as {
    onmessage: (event: MessageEvent<Order>) => void;
    postMessage(message: CrewMessage<Answer>): void;
  };
  thread.onmessage = async ({ data }) => {
    try {
      thread.postMessage({ answer: await answer(data) });
    } catch (error) {
      thread.postMessage({ failure: error instanceof Error ? error.message : String(error) });
    }
  };
  thread.postMessage({ ready: true }); // an order sent before the modules are loaded would be lost
}
