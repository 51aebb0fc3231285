import type { KernelChannel, KernelChannels } from "./kernel_channels.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

// For tests: a kernel with the habits of Deno's, in memory.

/** What a cell of the fake kernel does. */
export interface FakeCell {
  /** Outputs that wait in its queue until after the reply. */
  outputs?: [type: string, content: MessageContent][];
  error?: string;
}

/**
 * A kernel whose replies, states and errors overtake its queued outputs by `lag` turns of the event loop. `cells` says what
 * each code does; code that begins with `mark ` broadcasts the rest.
 */
export function fakeKernel(cells: Record<string, FakeCell>, { lag }: { lag: number }) {
  const shell = pipe(), iopub = pipe();
  const queue: [string, MessageContent][] = [];
  let fences = 0;

  (async () => {
    for (let turn = 0;; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      if (turn % (lag + 1) === lag && queue.length > 0) publish(...queue.shift()!);
      if (iopub.closed()) return;
    }
  })();

  function publish(type: string, content: MessageContent, parent?: JupyterMessage) {
    iopub.push(newMessage({ type, content, parent: parent?.header, session: "kernel" }));
  }

  function handle(request: JupyterMessage) {
    publish("status", { execution_state: "busy" }, request);
    const { code } = readContent(request) as { code: string };
    publish("execute_input", { code }, request);
    if (code.startsWith("mark ")) {
      fences++;
      queue.push(["display_data", { data: { "text/plain": code.slice(5) } }]);
    }
    const cell = cells[code] ?? {};
    queue.push(...cell.outputs ?? []);
    if (cell.error) publish("error", { ename: "Error", evalue: cell.error, traceback: [] }, request);
    const content = cell.error ? { status: "error", ename: "Error", evalue: cell.error } : { status: "ok" };
    shell.push(newMessage({ type: "execute_reply", content, parent: request.header, session: "kernel" }));
    publish("status", { execution_state: "idle" }, request);
  }

  const none = pipe();
  const channels: KernelChannels = {
    shell: { receive: shell.receive, send: (message) => Promise.resolve(handle(message)) },
    iopub: { receive: iopub.receive, send: () => Promise.resolve() },
    control: none,
    stdin: none,
    info: {},
    session: "client",
  };
  return {
    channels,
    fences: () => fences,
    /** What a timer prints between two cells. */
    print: (text: string) => queue.push(["stream", { name: "stdout", text }]),
    end() {
      shell.close();
      iopub.close();
    },
  };
}

function pipe() {
  const waiting: JupyterMessage[] = [];
  let wake = () => {};
  let closed = false;
  const channel: KernelChannel = {
    send: () => Promise.resolve(),
    async receive() {
      while (waiting.length === 0 && !closed) await new Promise<void>((resolve) => wake = resolve);
      return waiting.shift();
    },
  };
  return {
    ...channel,
    closed: () => closed,
    push(message: JupyterMessage) {
      waiting.push(message);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
  };
}
