import type { ConnectionInfo } from "./connection_info.ts";
import type { CellOutput } from "./fenced_kernel.ts";
import {
  formatMessage,
  type JupyterMessage,
  type MessageContent,
  type MessageHeader,
  newMessage,
  parseMessage,
  readContent,
} from "./jupyter_message.ts";
import type { KernelSession } from "./kernel_session.ts";
import type { Frames } from "./zmtp_frame.ts";
import { openServers } from "./open_servers.ts";
import { signatureHistory } from "./signature_history.ts";
import { serveEcho, servePub, serveRouter } from "./zmtp_server.ts";

/** A kernel that front ends talk to. */
export interface KernelProxy {
  /** Resolves when a front end asked it to end, or the kernel behind it ended by itself. */
  ended: Promise<"asked" | "kernel">;
  /** Closes the ports and ends the session. */
  close(): Promise<void>;
}

/** A message that waits for its turn. */
interface Waiting {
  message: JupyterMessage;
  /** A cell before it failed: it is answered, not run. */
  aborted: boolean;
}

/** Of these kinds a message has no reply. */
const UNANSWERED = new Set(["comm_open", "comm_msg", "comm_close"]);

/** So many dropped messages are told of in the log. */
const TOLD_AT_MOST = 20;

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
  const { promise: ended, resolve: end } = Promise.withResolvers<"asked" | "kernel">();
  const session = crypto.randomUUID();
  const at = (port: number) => ({ hostname: info.ip, port });
  const servers = openServers({
    heartbeat: () => serveEcho(at(info.hb_port)),
    // Who subscribes misses what was sent before; the welcome says that from now on nothing is lost (Jupyter's JEP 65).
    iopub: () =>
      servePub(
        at(info.iopub_port),
        (subscription) => sign(newMessage({ type: "iopub_welcome", content: { subscription }, session })),
      ),
    shell: () => serveRouter(at(info.shell_port), received((message) => enqueue(message))),
    control: () => serveRouter(at(info.control_port), received((message) => handleControl(message))),
    stdin: () => serveRouter(at(info.stdin_port), received((message) => handleInputReply(message))),
  });
  const { iopub, shell, control, stdin } = servers;
  const starting = start();

  const queue: Waiting[] = [];
  let busy = false;
  let executionCount = 0;
  let running: JupyterMessage | undefined;
  let askingForInput = false;

  const known = signatureHistory();
  let dropped = 0;

  /** Handles messages of those who know the key, each once. */
  function received(
    handle: (message: JupyterMessage) => Promise<unknown>,
  ): (frames: Frames) => (() => void) | undefined {
    const tell = (error: Error) => {
      if (dropped++ < TOLD_AT_MOST) console.error(`A message was dropped: ${error.message}`);
    };
    return (frames) => {
      try {
        const message = parseMessage(frames, info.key);
        if (info.key !== "") known.add(message.signature);
        return () => handle(message).catch(tell);
      } catch (error) {
        tell(error as Error);
        return undefined;
      }
    };
  }

  const sign = (message: JupyterMessage) => formatMessage(message, info.key);
  const publish = (type: string, content: MessageContent, parent?: Partial<MessageHeader>) =>
    iopub.send(sign(newMessage({ type, content, parent, session })));
  const status = (state: string, parent?: MessageHeader) => publish("status", { execution_state: state }, parent);
  const show = ({ header, ...output }: CellOutput, parent: MessageHeader) =>
    iopub.send(sign(newMessage({ type: header.msg_type, ...output, parent, session })));
  const answer = (request: JupyterMessage, type: string, content: MessageContent | Uint8Array, via = shell) =>
    via.send(sign(newMessage({ type, content, parent: request.header, session, addresses: request.addresses })));

  async function enqueue(message: JupyterMessage) {
    queue.push({ message, aborted: false });
    if (busy) return;
    busy = true;
    for (let next; (next = queue.shift());) await handleShell(next);
    busy = false;
  }

  async function handleShell({ message, aborted }: Waiting) {
    status("busy", message.header);
    try {
      if (message.header.msg_type === "execute_request") await (aborted ? abort(message) : execute(message));
      else await passOn(message);
    } catch (error) {
      console.error((error as Error).message);
    }
    status("idle", message.header);
  }

  const abort = (message: JupyterMessage) =>
    answer(message, "execute_reply", { status: "aborted", execution_count: executionCount });

  async function execute(message: JupyterMessage) {
    const content = readContent(message);
    if (typeof content.code !== "string") throw new Error("Expected an execute_request to hold code but found none.");
    const silent = content.silent === true;
    if (!silent && content.store_history !== false) executionCount++;
    const execution_count = executionCount;
    if (!silent) publish("execute_input", { code: content.code, execution_count }, message.header);
    running = message;
    const reply = await runCell(content, (output) => show(counted(output, execution_count), message.header));
    running = undefined;
    // What arrived while the cell ran is judged before its sender can know how it ended.
    if (reply.status === "error" && content.stop_on_error !== false) {
      for (const waiting of queue) waiting.aborted ||= waiting.message.header.msg_type === "execute_request";
    }
    answer(message, "execute_reply", { ...reply, execution_count });
  }

  async function runCell(content: MessageContent, onOutput: (output: CellOutput) => void): Promise<MessageContent> {
    try {
      return await (await starting).execute(content, onOutput);
    } catch (error) {
      // The kernel could not start, or ended during the cell: say so under the cell.
      const { message } = error as Error;
      const problem = { ename: "KernelEnded", evalue: message, traceback: [message] };
      onOutput(newMessage({ type: "error", content: problem, session }));
      return { status: "error", ...problem };
    }
  }

  async function passOn(message: JupyterMessage) {
    const type = message.header.msg_type;
    if (type === "kernel_info_request") return answer(message, "kernel_info_reply", await kernelInfo());
    const kernel = await starting;
    if (UNANSWERED.has(type)) return kernel.tell(message);
    if (type === "shutdown_request") return shutDown(message, shell);
    if (!type.endsWith("_request")) return;
    const reply = await kernel.request(type, message.content);
    answer(message, reply.header.msg_type, reply.content);
  }

  /** A kernel that could not start is there all the same: it answers each cell with the reason. */
  const kernelInfo = () => starting.then((kernel) => kernel.info, () => NO_KERNEL_INFO);

  async function handleControl(message: JupyterMessage) {
    const type = message.header.msg_type;
    status("busy", message.header);
    if (type === "interrupt_request") {
      const kernel = await starting;
      // A cell that waits for input is blocked: only an answer wakes it.
      if (askingForInput) await kernel.sendInputReply({ value: "" });
      kernel.interrupt();
      answer(message, "interrupt_reply", { status: "ok" }, control);
    } else if (type === "kernel_info_request") {
      answer(message, "kernel_info_reply", await kernelInfo(), control);
    } else if (type === "shutdown_request") {
      shutDown(message, control);
    }
    status("idle", message.header);
  }

  function shutDown(message: JupyterMessage, via: typeof shell) {
    const { restart = false } = readContent(message);
    answer(message, "shutdown_reply", { status: "ok", restart }, via);
    publish("shutdown_reply", { status: "ok", restart }, message.header);
    end("asked");
  }

  async function handleInputReply(message: JupyterMessage) {
    askingForInput = false;
    await (await starting).sendInputReply(readContent(message));
  }

  async function relayInputRequests(kernel: KernelSession) {
    for (let question; (question = await kernel.receiveInputRequest());) {
      if (!running) continue;
      askingForInput = true;
      answer(running, "input_request", question.content, stdin);
    }
  }

  status("starting");
  starting.then((kernel) => {
    relayInputRequests(kernel);
    kernel.ended.then(async () => {
      while (busy) await new Promise((resolve) => setTimeout(resolve, 10)); // the cell is told first
      end("kernel");
    });
  }, () => {});

  return {
    ended,
    async close() {
      const session = starting.then((kernel) => kernel.close(), () => {}); // one that never started has ended
      await Promise.all([session, ...Object.values(servers).map((server) => server.close())]);
    },
  };
}

/** The kernel counts hidden cells too, or not those without history: the proxy's count is the one that shows. */
function counted(output: CellOutput, execution_count: number): CellOutput {
  if (output.header.msg_type !== "execute_result") return output;
  const content = readContent(output);
  if (content.execution_count === execution_count) return output;
  return { ...output, content: new TextEncoder().encode(JSON.stringify({ ...content, execution_count })) };
}
