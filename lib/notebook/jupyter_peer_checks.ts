import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../testing/mod.ts";
import { jupyterEnvironment } from "./fixtures/jupyter_environment.ts";
import { comparable, type RandomNotebook, randomNotebook } from "./fixtures/random_notebook.ts";
import { formatNotebook, type Notebook, parseNotebook } from "./notebook_format.ts";
import { runNotebook } from "./run_notebook.ts";

// The kernel below Jupyter's own programs: each output under its own cell, exactly.

/** Runs a Python program in Jupyter's environment; fails with what it wrote. */
async function runPython(python: string, args: string[], env: Record<string, string>): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(python, { args, env }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (!success) throw new Error(`${args.join(" ")}\n${text.slice(-3000)}`);
  return text;
}

/** Executes the notebook file in place. */
type Execute = (file: string, python: string, env: Record<string, string>) => Promise<unknown>;

const programs: [name: string, module: string, execute: Execute][] = [
  ["jupyter execute", "nbclient", (file, python, env) =>
    runPython(
      python,
      ["-c", "from nbclient.cli import main; main()", "--inplace", "--allow-errors", "--timeout=120", file],
      env,
    )],
  ["jupyter nbconvert --execute", "nbconvert", (file, python, env) => {
    const options = ["--to", "notebook", "--inplace", "--execute", "--allow-errors", file];
    return runPython(python, ["-c", "from nbconvert.nbconvertapp import main; main()", ...options], env);
  }],
  [
    "papermill",
    "papermill",
    (file, python, env) => runPython(python, ["-m", "papermill", "--no-progress-bar", file, file], env),
  ],
];

async function executeAndCompare({ notebook, expected }: RandomNotebook, execute: Execute, python: string) {
  const { folder, env } = await jupyterEnvironment();
  const file = join(folder, "notebook.ipynb");
  await Deno.writeTextFile(file, formatNotebook(notebook));
  await execute(file, python, env);
  const executed = parseNotebook(await Deno.readTextFile(file), file);
  expect(comparable(outputsOf(executed))).toEqual(comparable(expected));
  await Deno.remove(folder, { recursive: true });
}

const outputsOf = ({ cells }: Notebook) => cells.flatMap((cell) => cell.cell_type === "code" ? [cell.outputs] : []);

for (const [name, module, execute] of programs) {
  const throws = name !== "papermill"; // it stops at the first error
  const seeds = name === "jupyter execute" ? 6 : 2;
  for (let seed = 0; seed < seeds; seed++) {
    peerCheck(
      `${name} puts each output of random notebook ${seed} under its own cell`,
      { python: [module] },
      ({ python }) => executeAndCompare(randomNotebook(seed, { throws }), execute, python),
    );
  }
}

for (let seed = 0; seed < 3; seed++) {
  peerCheck(`runNotebook() puts each output of random notebook ${seed} under its own cell`, {}, async () => {
    const { notebook, expected } = randomNotebook(seed, { throws: false });
    const folder = await Deno.makeTempDir();
    const file = join(folder, "notebook.ipynb");
    await Deno.writeTextFile(file, formatNotebook(notebook));
    const run = await runNotebook(file, { out: join(folder, "out") });
    expect(run.failure).toBeUndefined();
    const executed = parseNotebook(await Deno.readTextFile(run.notebook), file);
    expect(comparable(outputsOf(executed))).toEqual(comparable(expected));
    await Deno.remove(folder, { recursive: true });
  });
}

peerCheck("an executed notebook is valid nbformat 4.5", { python: ["nbformat"] }, async ({ python }) => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "notebook.ipynb");
  await Deno.writeTextFile(file, formatNotebook(randomNotebook(7).notebook));
  const { notebook } = await runNotebook(file, { out: join(folder, "out") });
  const check = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))";
  await runPython(python, ["-W", "error", "-c", check, notebook], {});
  await Deno.remove(folder, { recursive: true });
});

const KERNEL_TEST = `
import unittest, jupyter_kernel_test as jkt
class KernelTests(jkt.KernelTests):
    kernel_name = "auscult-deno"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('warns')"
    code_generate_error = "throw new Error('bad')"
    code_execute_result = [{"code": "6 * 7", "result": "\\x1b[33m42\\x1b[39m"}]
    code_display_data = [{"code": "await Deno.jupyter.display({'image/png': 'AA=='}, {raw: true})", "mime": "image/png"}]
    complete_code_samples = ["1 + 1", "const f = () => 2;"]
    incomplete_code_samples = ["function f() {", "const a = ["]
    completion_samples = [{"text": "console.lo", "matches": {"log"}}]
    code_clear_output = "await Deno.jupyter.broadcast('clear_output', {wait: false})"
if __name__ == "__main__":
    unittest.main()
`;

peerCheck("the kernel passes jupyter_kernel_test", { python: ["jupyter_kernel_test"] }, async ({ python }) => {
  const { folder, env } = await jupyterEnvironment();
  const file = join(folder, "test_kernel.py");
  await Deno.writeTextFile(file, KERNEL_TEST);
  const text = await runPython(python, [file], env);
  expect(text).toMatch(/\nOK/);
  await Deno.remove(folder, { recursive: true });
});

const FRONT_END = `
import sys, time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="auscult-deno")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=30)
client.execute(sys.argv[1])
time.sleep(1)
print("ready", flush=True)
time.sleep(60)
`;

for (const [what, code] of [["is idle", "1"], ["runs a loop without an await", "while (true) {}"]]) {
  peerCheck(
    `a front end killed while its kernel ${what} leaves no process`,
    { python: ["jupyter_client"], programs: ["ps"] },
    async ({ python }) => {
      const { folder, env } = await jupyterEnvironment();
      const options = { args: ["-c", FRONT_END, code], env, stdout: "piped" as const };
      const frontEnd = new Deno.Command(python, options).spawn();
      await frontEnd.stdout.getReader().read(); // it is ready
      expect(await processesOf(folder)).toBeGreaterThan(0);
      frontEnd.kill("SIGKILL");
      await frontEnd.status;
      const deadline = performance.now() + 8000;
      while (await processesOf(folder) > 0 && performance.now() < deadline) {
        await new Promise((r) => setTimeout(r, 100));
      }
      expect(await processesOf(folder)).toBe(0);
      await Deno.remove(folder, { recursive: true });
    },
  );
}

/** Processes that were started with this folder as Jupyter's path. */
async function processesOf(folder: string): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["axeww", "-o", "pid,stat,args"] }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  return lines.filter((line) => line.includes(`JUPYTER_PATH=${folder}`) && !/^\s*\d+ Z/.test(line)).length;
}
