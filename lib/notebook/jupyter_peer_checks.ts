import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../testing/mod.ts";
import { jupyterEnvironment } from "../kernel/fixtures/jupyter_environment.ts";
import { AUSCULT_KERNEL } from "./auscult_kernel.ts";
import { floodNotebook } from "./fixtures/known_notebooks.ts";
import { untilNoProcessWith } from "../kernel/fixtures/processes_with.ts";
import { comparable, notebookOfCells, type RandomNotebook, randomNotebook } from "./fixtures/random_notebook.ts";
import { runPython } from "./fixtures/run_python.ts";
import { formatNotebook, type Notebook, parseNotebook } from "./notebook_format.ts";
import { runNotebook } from "./run_notebook.ts";

// The kernel below Jupyter's own programs: each output under its own cell, exactly.

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
      const { folder, env } = await jupyterEnvironment(AUSCULT_KERNEL);
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
  const { folder, env } = await jupyterEnvironment(AUSCULT_KERNEL);
  const file = join(folder, "test_kernel.py");
  await Deno.writeTextFile(file, KERNEL_TEST);
  const text = await runPython(python, [file], env);
  expect(text).toMatch(/\nOK/);
  await Deno.remove(folder, { recursive: true });
});

peerCheck(
  "each message of the kernel is valid, and its client ends",
  { python: ["jupyter_kernel_test"] },
  async ({ python }) => {
    const { folder, env } = await jupyterEnvironment(AUSCULT_KERNEL);
    const validate = join(import.meta.dirname!, "fixtures", "validate_messages.py");
    const kinds = (await runPython(python, [validate], env)).trim().split("\n").at(-1)!.split(" ");
    expect(kinds).toEqual(expect.arrayContaining([
      ...["clear_output", "comm_info_reply", "complete_reply", "display_data", "error", "execute_input"],
      ...["execute_reply", "execute_result", "history_reply", "input_request", "inspect_reply", "interrupt_reply"],
      ...["is_complete_reply", "kernel_info_reply", "shutdown_reply", "status", "stream", "update_display_data"],
    ]));
    await untilNoProcessWith(`JUPYTER_PATH=${folder}`);
    await Deno.remove(folder, { recursive: true });
  },
);

peerCheck("runNotebook() treats tagged cells as nbclient does", { python: ["nbclient"] }, async ({ python }) => {
  const { notebook } = notebookOfCells([["1 + 1"], ["throw new RangeError('wanted')"], ["2 + 2"], ["3 + 3"], [
    "4 + 4",
  ]]);
  const kept = { output_type: "stream" as const, name: "stdout", text: "of an earlier run\n" };
  for (const [i, tag] of [[1, "raises-exception"], [3, "skip-execution"]] as const) {
    notebook.cells[i].metadata = { tags: [tag] };
  }
  Object.assign(notebook.cells[3], { outputs: [kept], execution_count: 9 });
  const { folder, env } = await jupyterEnvironment(AUSCULT_KERNEL);
  const file = join(folder, "tags.ipynb");
  await Deno.writeTextFile(file, formatNotebook(notebook));
  const run = await runNotebook(file, { out: join(folder, "ours") });
  expect(run.failure).toBeUndefined();
  await runPython(python, ["-c", "from nbclient.cli import main; main()", "--inplace", file], env);
  const [ours, theirs] = await Promise.all([run.notebook, file].map(async (path) => {
    const executed = parseNotebook(await Deno.readTextFile(path), path);
    const counts = executed.cells.map((cell) => cell.cell_type === "code" ? cell.execution_count : undefined);
    return [comparable(outputsOf(executed)), counts];
  }));
  expect(ours).toEqual(theirs);
  await Deno.remove(folder, { recursive: true });
});
