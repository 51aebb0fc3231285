// What the notebook kernel costs beside Deno's own, which it has as its child:
//
//   deno run --allow-all bench/kernel.ts              (about a minute on a machine that does nothing else)
//   deno run --allow-all bench/kernel.ts --notebooks  times the six notebooks, too, in a fresh clone (four minutes more)
//   deno run --allow-all bench/kernel.ts --write      writes the table into lib/kernel/README.md
//
// Both kernels are asked in turns by the same client over the Jupyter protocol. A cell's time ends when its last output,
// its reply and its "idle" are there, in whatever order: Deno's own kernel says "idle" before its outputs are out.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeAtomic } from "../lib/files/mod.ts";
import { connectChannels, type KernelChannels } from "../lib/kernel/kernel_channels.ts";
import { freeConnectionInfo } from "../lib/kernel/connection_info.ts";
import { kernelSpec } from "../lib/kernel/install_kernel.ts";
import { type MessageContent, newMessage, readContent } from "../lib/kernel/jupyter_message.ts";

const CELLS = 100; // of the median of a short cell
const TURNS = 5; // of everything else
const IDLE_SECONDS = 10;

interface Kernel {
  name: string;
  channels: KernelChannels;
  /** From its start to its first answer, ms. */
  startMs: number;
  /** Processor time of that, its child included, ms. */
  startCpuMs: number;
  pid: number;
  end(): Promise<void>;
}

const COMMANDS: [name: string, argv: (file: string) => string[]][] = [
  ["stock", (file) => [Deno.execPath(), "jupyter", "--quiet", "--kernel", "--conn", file]],
  ["ours", (file) => kernelSpec().argv.map((part) => part === "{connection_file}" ? file : part)],
];

async function startKernel(name: string, argv: (file: string) => string[]): Promise<Kernel> {
  const info = freeConnectionInfo();
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(info));
  const [program, ...args] = argv(file);
  const started = performance.now();
  const process = new Deno.Command(program, { args, stdout: "null", stderr: "null" }).spawn();
  const channels = await connectChannels(info, process.status);
  const startMs = performance.now() - started;
  const startCpuMs = await cpuMs(process.pid);
  return {
    ...{ name, channels, startMs, startCpuMs, pid: process.pid },
    async end() {
      process.kill("SIGTERM");
      await process.status;
      await Deno.remove(file);
    },
  };
}

/** Milliseconds from sending a cell to its last output, reply and idle. */
async function timeCell({ channels }: Kernel, code: string, isLast: (text: string) => boolean): Promise<number> {
  const { shell, iopub, session } = channels;
  const content: MessageContent = { code, silent: false, store_history: true, allow_stdin: false, stop_on_error: true };
  const request = newMessage({ type: "execute_request", content, session });
  const started = performance.now();
  await shell.send(request);
  const replied = shell.receive();
  let shown = false, idle = false;
  while (!shown || !idle) {
    const message = (await iopub.receive())!;
    const { execution_state, text, data } = readContent(message);
    const own = message.parentHeader.msg_id === request.header.msg_id;
    if (own && execution_state === "idle") idle = true;
    const plain = (data as MessageContent | undefined)?.["text/plain"];
    shown ||= isLast(String(text ?? plain ?? ""));
  }
  await replied;
  return performance.now() - started;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Processor time of a process and its children so far, ms; 0 where /proc doesn't tell. */
async function cpuMs(pid: number): Promise<number> {
  if (Deno.build.os !== "linux") return 0;
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13).map(Number);
  const children = (await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`)).trim().split(" ").filter(Boolean);
  const below = await Promise.all(children.map((child) => cpuMs(Number(child))));
  return 10 * (user + system) + below.reduce((sum, ms) => sum + ms, 0); // a tick is 10 ms
}

async function idleShare({ pid }: Kernel): Promise<number> {
  const before = await cpuMs(pid);
  await new Promise((resolve) => setTimeout(resolve, 1000 * IDLE_SECONDS));
  return (await cpuMs(pid) - before) / (1000 * IDLE_SECONDS);
}

const FLOOD = `for (let i = 0; i < 5000; i++) console.log("line " + i);`;
const CELLS_TO_TIME: [name: string, times: number, code: string, isLast: (text: string) => boolean][] = [
  ["1 + 1, ms", CELLS, "1 + 1", (text) => text.includes("2")],
  [
    "display of 5 MB, ms",
    TURNS,
    `await Deno.jupyter.display({ "text/plain": "x".repeat(5e6) }, { raw: true })`,
    (text) => text.length === 5e6,
  ],
  ["5,000 lines, ms", TURNS, FLOOD, (text) => text.endsWith("line 4999\n")],
];

const starts: Kernel[][] = COMMANDS.map(() => []);
let kernels: Kernel[] = [];
for (let turn = 0; turn < TURNS; turn++) {
  for (const kernel of kernels) await kernel.end();
  kernels = [];
  for (const [i, [name, argv]] of COMMANDS.entries()) {
    kernels.push(await startKernel(name, argv));
    starts[i].push(kernels[i]);
  }
}

const rows: string[][] = [
  ["start to ready, ms", ...starts.map((kernels) => median(kernels.map(({ startMs }) => startMs)).toFixed(0))],
  ["the same, processor ms", ...starts.map((kernels) => median(kernels.map((k) => k.startCpuMs)).toFixed(0))],
];
for (const [name, times, code, isLast] of CELLS_TO_TIME) {
  const measured: number[][] = kernels.map(() => []);
  for (const kernel of kernels) await timeCell(kernel, code, isLast); // warm
  for (let turn = 0; turn < times; turn++) {
    for (const [i, kernel] of kernels.entries()) measured[i].push(await timeCell(kernel, code, isLast));
  }
  rows.push([name, ...measured.map((times) => median(times).toFixed(1))]);
}
if (Deno.build.os === "linux") {
  const shares = await Promise.all(kernels.map(idleShare));
  rows.push([`idle, % of a core over ${IDLE_SECONDS} s`, ...shares.map((share) => (100 * share).toFixed(1))]);
}
for (const kernel of kernels) await kernel.end();

/** Seconds of `deno task notebooks` in a clone that holds no data and no features, as a newcomer's. */
async function timeNotebooks(): Promise<number> {
  const folder = await Deno.makeTempDir();
  const run = async (program: string, args: string[], cwd?: string) => {
    const { success, stderr } = await new Deno.Command(program, { args, cwd, stdout: "null" }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr).slice(-2000));
  };
  const project = join(import.meta.dirname!, "..");
  await run("git", ["clone", "--quiet", "--depth", "1", pathToFileURL(project).href, folder]);
  const started = performance.now();
  await run(Deno.execPath(), ["run", "-P=notebooks", "lib/tasks/notebooks.ts"], folder);
  const seconds = (performance.now() - started) / 1000;
  await Deno.remove(folder, { recursive: true });
  return seconds;
}

if (Deno.args.includes("--notebooks")) {
  rows.push([
    "the six notebooks from nothing, s",
    ...COMMANDS.slice(1).map(() => "-"),
    (await timeNotebooks()).toFixed(0),
  ]);
}

const machine = `Deno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores, load ${
  Deno.loadavg()[0].toFixed(1)
}`;
const lines = [["", ...COMMANDS.map(([name]) => name)], ["---", ...COMMANDS.map(() => "---:")], ...rows];
const table = lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
console.log(`${machine}\n${table}`);

if (Deno.args.includes("--write")) {
  const readme = join(import.meta.dirname!, "..", "lib", "notebook", "kernel", "README.md");
  const text = await Deno.readTextFile(readme);
  const [before, rest] = text.split("<!-- kernel -->");
  const [, after] = rest.split("<!-- /kernel -->");
  const date = new Date().toISOString().slice(0, 10);
  await writeAtomic(readme, `${before}<!-- kernel -->\n\n${machine}; ${date}.\n\n${table}\n\n<!-- /kernel -->${after}`);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", readme] }).output();
}
