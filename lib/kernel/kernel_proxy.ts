import type { ConnectionInfo } from "./connection_info.ts";
import type { CellOutput } from "./fenced_kernel.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";
import { type AskedAt, KernelPorts } from "./kernel_ports.ts";
import type { KernelSession } from "./kernel_session.ts";

interface Waiting {
  message: JupyterMessage;
  aborted: boolean; // a cell before it failed: it is answered, not run
}

const UNANSWERED = new Set(["comm_open", "comm_msg", "comm_close"]); // of these kinds a message has no reply

const NO_KERNEL_INFO: MessageContent = {
  status: "ok",
  protocol_version: "5.3",
  implementation: "deno",
  implementation_version: Deno.version.deno,
  language_info: {
    name: "typescript",
    version: Deno.version.typescript,
    mimetype: "text/x.typescript",
    file_extension: ".ts",
  },
  banner: "The kernel could not start.",
};

/**
 * Serves a kernel session at the ports of a connection file, for JupyterLab, VS Code, nbclient, nbconvert, papermill.
 *
 * @param start Starts the session, once the ports are open; front ends can connect meanwhile.
 * @throws {Error} if a port is taken; then no session was started.
 */
export function serveKernel(info: ConnectionInfo, start: () => Promise<KernelSession>): KernelProxy {
  return new KernelProxy(info, start);
}

/** A kernel that front ends talk to. */
export class KernelProxy {
  /** Resolves when a front end asked it to end, or the kernel behind it ended by itself. */
  readonly ended: Promise<"asked" | "kernel">;
  #end: (why: "asked" | "kernel") => void;
  #ports: KernelPorts;
  #starting: Promise<KernelSession>;
  #queue: Waiting[] = [];
  #busy = false;
  #executionCount = 0;
  #running: JupyterMessage | undefined;
  #askingForInput = false;

  /** As {@linkcode serveKernel}. */
  constructor(info: ConnectionInfo, start: () => Promise<KernelSession>) {
    const { promise, resolve } = Promise.withResolvers<"asked" | "kernel">();
    [this.ended, this.#end] = [promise, resolve];
    this.#ports = new KernelPorts(info, (message, at) => this.#handle(message, at));
    this.#starting = start();
    this.#ports.status("starting");
    this.#starting.then((kernel) => this.#accompany(kernel), () => {});
  }

  /** Closes the ports and ends the session. */
  async close(): Promise<void> {
    const session = this.#starting.then((kernel) => kernel.close(), () => {}); // one that never started has ended
    await Promise.all([session, this.#ports.close()]);
  }

  #accompany(kernel: KernelSession) {
    this.#relayInputRequests(kernel);
    kernel.ended.then(async () => {
      while (this.#busy) await new Promise((resolve) => setTimeout(resolve, 10)); // the cell is told first
      this.#end("kernel");
    });
  }

  async #relayInputRequests(kernel: KernelSession) {
    for (let question; (question = await kernel.receiveInputRequest());) {
      if (!this.#running) continue;
      this.#askingForInput = true;
      this.#ports.answer(this.#running, "input_request", question.content, "stdin");
    }
  }

  async #handle(message: JupyterMessage, at: AskedAt) {
    if (at === "control") return await this.#handleControl(message);
    if (at === "shell") return await this.#enqueue(message);
    this.#askingForInput = false;
    await (await this.#starting).sendInputReply(readContent(message));
  }

  async #enqueue(message: JupyterMessage) {
    this.#queue.push({ message, aborted: false });
    if (this.#busy) return;
    this.#busy = true;
    for (let next; (next = this.#queue.shift());) await this.#handleShell(next);
    this.#busy = false;
  }

  async #handleShell({ message, aborted }: Waiting) {
    this.#ports.status("busy", message.header);
    try {
      if (message.header.msg_type === "execute_request") {
        await (aborted ? this.#abort(message) : this.#execute(message));
      } else await this.#passOn(message);
    } catch (error) {
      console.error((error as Error).message);
    }
    this.#ports.status("idle", message.header);
  }

  #abort(message: JupyterMessage) {
    this.#ports.answer(message, "execute_reply", { status: "aborted", execution_count: this.#executionCount });
  }

  async #execute(message: JupyterMessage) {
    const content = readContent(message);
    if (typeof content.code !== "string") throw new Error("Expected an execute_request to hold code but found none.");
    const silent = content.silent === true;
    if (!silent && content.store_history !== false) this.#executionCount++;
    const execution_count = this.#executionCount;
    if (!silent) this.#ports.publish("execute_input", { code: content.code, execution_count }, message.header);
    this.#running = message;
    const reply = await this.#runCell(content, (output) => {
      this.#ports.show(counted(output, execution_count), message.header);
    });
    this.#running = undefined;
    // What arrived while the cell ran is judged before its sender can know how it ended.
    if (reply.status === "error" && content.stop_on_error !== false) {
      for (const waiting of this.#queue) waiting.aborted ||= waiting.message.header.msg_type === "execute_request";
    }
    this.#ports.answer(message, "execute_reply", { ...reply, execution_count });
  }

  async #runCell(content: MessageContent, onOutput: (output: CellOutput) => void): Promise<MessageContent> {
    try {
      return await (await this.#starting).execute(content, onOutput);
    } catch (error) {
      // The kernel could not start, or ended during the cell: say so under the cell.
      const { message } = error as Error;
      const problem = { ename: "KernelEnded", evalue: message, traceback: [message] };
      onOutput(newMessage({ type: "error", content: problem, session: this.#ports.session }));
      return { status: "error", ...problem };
    }
  }

  async #passOn(message: JupyterMessage) {
    const type = message.header.msg_type;
    if (type === "kernel_info_request") return await this.#tellKernelInfo(message, "shell");
    const kernel = await this.#starting;
    if (UNANSWERED.has(type)) return await kernel.tell(message);
    if (type === "shutdown_request") return this.#shutDown(message, "shell");
    if (!type.endsWith("_request")) return;
    const reply = await kernel.request(type, message.content);
    this.#ports.answer(message, reply.header.msg_type, reply.content);
  }

  async #handleControl(message: JupyterMessage) {
    const type = message.header.msg_type;
    this.#ports.status("busy", message.header);
    if (type === "interrupt_request") await this.#interrupt(message);
    else if (type === "kernel_info_request") await this.#tellKernelInfo(message, "control");
    else if (type === "shutdown_request") this.#shutDown(message, "control");
    this.#ports.status("idle", message.header);
  }

  async #interrupt(message: JupyterMessage) {
    const kernel = await this.#starting;
    // A cell that waits for input is blocked: only an answer wakes it.
    if (this.#askingForInput) await kernel.sendInputReply({ value: "" });
    kernel.interrupt();
    this.#ports.answer(message, "interrupt_reply", { status: "ok" }, "control");
  }

  /** A kernel that could not start is there all the same: it answers each cell with the reason. */
  async #tellKernelInfo(message: JupyterMessage, via: AskedAt) {
    const info = await this.#starting.then((kernel) => kernel.info, () => NO_KERNEL_INFO);
    this.#ports.answer(message, "kernel_info_reply", info, via);
  }

  #shutDown(message: JupyterMessage, via: AskedAt) {
    const { restart = false } = readContent(message);
    this.#ports.answer(message, "shutdown_reply", { status: "ok", restart }, via);
    this.#ports.publish("shutdown_reply", { status: "ok", restart }, message.header);
    this.#end("asked");
  }
}

/** The kernel counts hidden cells too, or not those without history: the proxy's count is the one that shows. */
function counted(output: CellOutput, execution_count: number): CellOutput {
  if (output.header.msg_type !== "execute_result") return output;
  const content = readContent(output);
  if (content.execution_count === execution_count) return output;
  return { ...output, content: new TextEncoder().encode(JSON.stringify({ ...content, execution_count })) };
}
