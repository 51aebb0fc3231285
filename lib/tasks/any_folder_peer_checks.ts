// The whole project in a folder whose name a URL would write otherwise.

import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../testing/mod.ts";

/** Runs a command and gives what it printed; it must end well. */
async function run(cwd: string, [command, ...args]: string[]): Promise<string> {
  const env = { NO_COLOR: "1" };
  const { code, stdout, stderr } = await new Deno.Command(command, { args, cwd, env, stdin: "null" }).output();
  const said = new TextDecoder().decode(stdout);
  expect([args.join(" "), code, new TextDecoder().decode(stderr)]).toEqual([args.join(" "), 0, expect.anything()]);
  return said;
}

peerCheck(
  "the verbs work in a folder whose name holds a blank, #, % and an umlaut",
  { programs: ["git"] },
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "a b#c%25 ü" });
    const project = join(import.meta.dirname!, "../..");
    try {
      for (const path of (await run(project, ["git", "ls-files", "-z"])).split("\0").filter((path) => path !== "")) {
        await Deno.mkdir(join(folder, path, ".."), { recursive: true });
        await Deno.copyFile(join(project, path), join(folder, path));
      }
      const task = (...args: string[]) => run(folder, ["deno", "task", "--quiet", ...args]);
      const small = ["model.filters=[2]", "training.epochs=2"].flatMap((set) => ["--set", set]);
      expect(await task("experiment", "experiments/demo.ts", ...small)).toContain("/report.html");
      const here = async (path: string) =>
        (await Array.fromAsync(Deno.readDir(join(folder, path)))).map(({ name }) => name);
      const demo = `results/demo/${(await here("results/demo")).find((name) => /^\d{8}T/.test(name))}`;
      const recording = (await here(`${demo}/examples`)).find((name) => name.endsWith(".wav"))!;
      expect(await task("predict", demo, `${demo}/examples/${recording}`)).toContain("No diagnosis");
      expect(await task("report", demo)).toContain(`${demo}/report.html`);
      expect(await task("live", demo)).toContain(`${demo}/live.html`);
      const sweep = ["sweep", "experiments/demo.ts", "--data", "data/synthetic-0", "--trials", "2", "--workers", "2"];
      expect(await task(...sweep, ...small)).toContain("Best of 2 trials");
      expect(await task("sweep", "report", "results/sweeps/demo")).toContain("results/sweeps/demo/report.html");
      expect(await task("kernel", "--prefix", "results")).toContain("installed");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
