import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../testing/mod.ts";
import { jupyterEnvironment } from "./fixtures/jupyter_environment.ts";
import { floodNotebook } from "./fixtures/known_notebooks.ts";
import { comparable, type RandomNotebook, randomNotebook } from "./fixtures/random_notebook.ts";
import { freeConnectionInfo } from "./kernel/connection_info.ts";
import { kernelSpec } from "./kernel/install_kernel.ts";
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

/** A program of Jupyter, called with notebook files that it executes in place. */
interface Program {
  name: string;
  module: string;
  args: string[];
  notebooks: () => RandomNotebook[];
}

const PAPERMILL = `
import papermill, sys
for path in sys.argv[1:]:
    papermill.execute_notebook(path, path, progress_bar=False)
`;

/** The first two with displays of up to 20 MB, the others of up to 1 MB. */
const randomNotebooks = (first: number, last: number, throws = true) =>
  Array.from(
    { length: last - first + 1 },
    (_, i) => randomNotebook(first + i, { throws, lettersAtMost: i < 2 ? 2e7 : 1e6 }),
  );

const programs: Program[] = [{
  name: "jupyter execute",
  module: "nbclient",
  args: ["-c", "from nbclient.cli import main; main()", "--inplace", "--allow-errors", "--timeout=120"],
  notebooks: () => [floodNotebook(), ...randomNotebooks(0, 7)],
}, {
  name: "jupyter nbconvert --execute",
  module: "nbconvert",
  args: [
    ...["-c", "from nbconvert.nbconvertapp import main; main()"],
    ...["--to", "notebook", "--inplace", "--execute", "--allow-errors"],
  ],
  notebooks: () => [floodNotebook(), ...randomNotebooks(20, 25)],
}, {
  name: "papermill",
  module: "papermill",
  args: ["-c", PAPERMILL],
  notebooks: () => [floodNotebook({ throws: false }), ...randomNotebooks(30, 35, false)], // it stops at the first error
}];

for (const { name, module, args, notebooks } of programs) {
  const given = notebooks();
  peerCheck(
    `${name} puts each output of ${given.length} notebooks under its own cell`,
    { python: [module] },
    async ({ python }) => {
      const { folder, env } = await jupyterEnvironment();
      const files = given.map((_, i) => join(folder, `${i}.ipynb`));
      await Promise.all(files.map((file, i) => Deno.writeTextFile(file, formatNotebook(given[i].notebook))));
      await runPython(python, [...args, ...files], env);
      for (const [i, file] of files.entries()) {
        const executed = parseNotebook(await Deno.readTextFile(file), file);
        expect([i, comparable(outputsOf(executed))]).toEqual([i, comparable(given[i].expected)]);
      }
      await Deno.remove(folder, { recursive: true });
    },
  );
}

const outputsOf = ({ cells }: Notebook) => cells.flatMap((cell) => cell.cell_type === "code" ? [cell.outputs] : []);

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

peerCheck("a kernel whose port is taken says so, starts nothing and ends", {}, async () => {
  const info = freeConnectionInfo();
  const other = Deno.listen({ hostname: info.ip, port: info.shell_port });
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(info));
  const [program, ...args] = kernelSpec().argv.map((part) => part === "{connection_file}" ? file : part);
  const { code, stderr } = await new Deno.Command(program, { args }).output();
  expect(code).toBe(1);
  expect(new TextDecoder().decode(stderr)).toBe(
    `Port ${info.shell_port} is taken by another program: start the kernel again.\n`,
  );
  other.close();
  await Deno.remove(file);
});

const FRONT_END = `
import sys, time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="auscult-deno")
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
    { python: ["jupyter_client"], programs: ["ps"] },
    async ({ python }) => {
      const { folder, env } = await jupyterEnvironment();
      const options = { args: ["-c", FRONT_END, code], env, stdout: "piped" as const };
      const frontEnd = new Deno.Command(python, options).spawn();
      await frontEnd.stdout.getReader().read(); // the cell has begun
      expect(await processesOf(folder)).toBeGreaterThan(0);
      frontEnd.kill("SIGKILL");
      await frontEnd.status;
      while (await processesOf(folder) > 0) await new Promise((resolve) => setTimeout(resolve, 100)); // or for ever
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
