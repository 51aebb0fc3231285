import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../testing/mod.ts";
import { checkNotebooks } from "./check_notebooks.ts";
import { type CodeCell, formatNotebook } from "./notebook_format.ts";

peerCheck("checkNotebooks() names cell and line of what is wrong", { programs: ["deno"] }, async () => {
  const folder = await Deno.makeTempDir();
  const cell = (source: string, execution_count: number | null = null): CodeCell => ({
    ...{ cell_type: "code", metadata: {}, outputs: [], execution_count },
    source,
  });
  const write = async (name: string, ...cells: CodeCell[]) => {
    const path = join(folder, name);
    await Deno.writeTextFile(path, formatNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
    return path;
  };
  const good = await write("good.ipynb", cell("const a = 1;"), cell("a + 1;"));
  const bad = await write("bad.ipynb", cell("const a = 1;"), cell("// a\nconst b: string = a;"), cell("debugger;", 3));
  const problems = await checkNotebooks([good, bad]);
  await Deno.remove(folder, { recursive: true });
  expect(problems).toEqual([
    `${bad}, cell 3: outputs are kept; clear them before you commit`,
    expect.stringMatching(/bad\.ipynb, cell 2, line 2: TS2322/),
    expect.stringMatching(/bad\.ipynb, cell 3, line 1: .*\(no-debugger\)/),
  ]);
});
