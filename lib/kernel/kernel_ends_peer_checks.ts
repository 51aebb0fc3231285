import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { jupyterEnvironment } from "./fixtures/jupyter_environment.ts";
import { processesWith, untilNoProcessWith } from "./fixtures/processes_with.ts";
import { freeConnectionInfo } from "./connection_info.ts";
import { kernelSpec } from "./install_kernel.ts";
import { connectChannels, type KernelChannels } from "./kernel_channels.ts";
import { type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

// However a kernel ends, it says why and leaves no process.

/** A kernel started as Jupyter starts it, with its client. */
interface StartedKernel {
  channels: KernelChannels;
  process: Deno.ChildProcess;
  send(code: string): Promise<void>;
  /** Sends a cell and resolves when it has printed "begun". */
  begin(code: string): Promise<void>;
  /** The next error shown under a cell. */
  nextError(): Promise<MessageContent>;
}

/** The program and arguments of the kernelspec. */
function kernelCommand(connectionFile: string): [program: string, args: string[]] {
  const [program, ...args] = kernelSpec().argv.map((part) => part === "{connection_file}" ? connectionFile : part);
  return [program, args];
}

/** Starts a kernel and checks it; afterwards all its processes must have ended. Resolves with its exit status. */
async function exitOf(
  check: (kernel: StartedKernel) => Promise<void>,
  env: Record<string, string> = {},
): Promise<number> {
  const mark = crypto.randomUUID();
  const info = freeConnectionInfo();
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(info));
  const [program, args] = kernelCommand(file);
  const options = { args, env: { ...env, STARTED_BY_TEST: mark }, stdout: "null", stderr: "null" } as const;
  const process = new Deno.Command(program, options).spawn();
  const channels = await connectChannels(info, process.status);
  await check({ channels, process, ...cellsOf(channels) });
  const { code } = await process.status;
  await untilNoProcessWith(`STARTED_BY_TEST=${mark}`);
  await Deno.remove(file);
  return code;
}

function cellsOf({ shell, iopub, session }: KernelChannels): Pick<StartedKernel, "send" | "begin" | "nextError"> {
  async function next(type: string, isIt: (content: MessageContent) => boolean): Promise<MessageContent> {
    for (let message; (message = await iopub.receive());) {
      const content = readContent(message);
      if (message.header.msg_type === type && isIt(content)) return content;
    }
    throw new Error(`The kernel ended before it sent ${type}.`);
  }
  function send(code: string) {
    const content = { code, silent: false, store_history: true };
    return shell.send(newMessage({ type: "execute_request", content, session }));
  }
  return {
    send,
    async begin(code) {
      await send(`console.log("begun"); ${code}`);
      await next("stream", ({ text }) => String(text).includes("begun"));
    },
    nextError: () => next("error", () => true),
  };
}

const shutDown = ({ control, session }: KernelChannels) =>
  control.send(newMessage({ type: "shutdown_request", content: { restart: false }, session }));

const needs = { programs: ["ps"] };

const ways: [what: string, code: string][] = [
  ["is idle", ""],
  ["awaits for ever", "await new Promise(() => {});"],
  ["runs a loop without an await", "while (true) {}"],
  ["prints without end", "while (true) console.log('a'.repeat(1000));"],
];
for (const [what, code] of ways) {
  peerCheck(`a kernel that is shut down while it ${what} ends, and leaves no process`, needs, async () => {
    const exit = await exitOf(async ({ channels, begin }) => {
      await begin(code);
      await shutDown(channels);
    });
    expect(exit).toBe(0);
  });
}

peerCheck("a kernel that is terminated leaves no process", needs, async () => {
  const exit = await exitOf(async ({ process, begin }) => {
    await begin("while (true) {}");
    process.kill("SIGTERM");
  });
  expect(exit).toBe(0);
});

const ends: [what: string, code: string, message: RegExp, env?: Record<string, string>][] = [
  ["calls Deno.exit(3)", "Deno.exit(3);", /^The kernel ended with exit status 3, as by Deno\.exit\(3\)\.$/],
  ["kills its kernel", `Deno.kill(Deno.pid, "SIGKILL"); await new Promise(() => {});`, /^The kernel was killed/],
  [
    "fills the memory",
    "const all = []; while (true) all.push(new Array(1000).fill(all.length));",
    /^The kernel filled its memory and ended: load less at once/,
    { DENO_V8_FLAGS: "--max-old-space-size=100" },
  ],
];
for (const [what, code, message, env] of ends) {
  peerCheck(`a cell that ${what} says so, Jupyter learns of it, and no process is left`, needs, async () => {
    const exit = await exitOf(async ({ send, nextError }) => {
      await send(code);
      expect((await nextError()).evalue).toMatch(message);
    }, env);
    expect(exit).toBe(1); // Jupyter starts a kernel anew that ends so
  });
}

peerCheck("a kernel whose port is taken says so, and leaves no process", needs, async () => {
  const mark = crypto.randomUUID();
  const info = freeConnectionInfo();
  const other = Deno.listen({ hostname: info.ip, port: info.shell_port });
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(info));
  const [program, args] = kernelCommand(file);
  const { code, stderr } = await new Deno.Command(program, { args, env: { STARTED_BY_TEST: mark } }).output();
  expect(code).toBe(1);
  expect(new TextDecoder().decode(stderr)).toBe(
    `Port ${info.shell_port} is taken by another program: start the kernel again.\n`,
  );
  await untilNoProcessWith(`STARTED_BY_TEST=${mark}`);
  other.close();
  await Deno.remove(file);
});

const FRONT_END = `
import sys, time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="deno-cells")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
client.execute("console.log('begun');" + sys.argv[1])
while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
    pass
print("begun", flush=True)
while True:
    time.sleep(60)
`;

for (const [what, code] of [["is idle", "1"], ["runs a loop without an await", "while (true) {}"]]) {
  peerCheck(
    `a front end killed while its kernel ${what} leaves no process`,
    { python: ["jupyter_client"], ...needs },
    async ({ python }) => {
      const { folder, env } = await jupyterEnvironment();
      const options = { args: ["-c", FRONT_END, code], env, stdout: "piped" as const };
      const frontEnd = new Deno.Command(python, options).spawn();
      await frontEnd.stdout.getReader().read(); // the cell has begun
      const processes = await processesWith(`JUPYTER_PATH=${folder}`);
      const lasting = processes.filter((one) => !/\/deno lsp /.test(one)); // the language server comes some time later
      expect(lasting).toHaveLength(3); // front end, proxy, Deno's kernel
      frontEnd.kill("SIGKILL");
      await frontEnd.status;
      await untilNoProcessWith(`JUPYTER_PATH=${folder}`);
      await Deno.remove(folder, { recursive: true });
    },
  );
}
