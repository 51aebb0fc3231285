// A study that names Auscult as a registry has it: both packages are published to a stand-in, and used in an empty folder.

import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../../testing/mod.ts";
import { withRegistry } from "../../testing/with_registry.ts";

const PROJECT = join(import.meta.dirname!, "../../..");

/** Runs deno and gives what it printed; it must end well. */
async function deno(cwd: string, { registry, args }: { registry: string; args: string[] }): Promise<string> {
  const env = { NO_COLOR: "1", JSR_URL: registry };
  const command = new Deno.Command(Deno.execPath(), { args, cwd, env, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  if (code !== 0) throw new Error(`deno ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

peerCheck(
  "a study resolves Auscult by its published name, and every verb works in it",
  {},
  () =>
    withRegistry(async (registry) => {
      const folder = await Deno.makeTempDir();
      try {
        const publish = ["publish", "--token=none", "--allow-dirty", "--no-check", "--no-provenance"];
        for (const member of ["lib/kernel", "."]) await deno(join(PROJECT, member), { registry, args: publish });
        const rights = ["--allow-read", "--allow-write", "--allow-env", "--allow-net", "--no-prompt"];
        await deno(folder, { registry, args: ["run", "--quiet", ...rights, "jsr:@auscult/auscult/new", "study"] });

        const study = join(folder, "study");
        const config = JSON.parse(await Deno.readTextFile(join(study, "deno.json")));
        expect(config.imports["@auscult/auscult"]).toMatch(/^jsr:@auscult\/auscult@\^/);
        expect(config.links).toBeUndefined();
        const task = (...args: string[]) => deno(study, { registry, args: ["task", "--quiet", ...args] });
        const small = ["training.epochs=2", "evaluation.resamples=100"].flatMap((value) => ["--set", value]);
        expect(await task("experiment", "experiments/first.ts", ...small)).toContain("/report.html");
        await task("check");
        const [recording] = [...Deno.readDirSync(join(study, "data/synthetic-0/recordings"))];
        const predicted = await task("predict", "results/first", `data/synthetic-0/recordings/${recording.name}`);
        expect(predicted).toContain("No diagnosis");
        expect(await task("report", "results/first")).toContain("report.html");
        expect(await task("live", "results/first")).toContain("live.html");
        expect(await task("notebooks")).toContain("results/notebooks/first.html");
        expect(await Deno.readTextFile(join(study, "deno.lock"))).toContain('"jsr:@auscult/auscult@');
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
);
