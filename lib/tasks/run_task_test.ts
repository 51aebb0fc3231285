import { expect } from "expect";

const folder = import.meta.dirname!;

async function run(code: string, ...args: string[]) {
  const script =
    `import { Command } from "@commander-js/extra-typings"; import { runTask, Stopped } from "${folder}/run_task.ts";
    import { DataError } from "${folder}/../errors/mod.ts";
    await runTask(new Command("deno task x").requiredOption("--n <n>").action(async () => { ${code} }), ${
      JSON.stringify(args)
    });`;
  const file = await Deno.makeTempFile({ suffix: ".ts", dir: folder, prefix: ".run_task_" });
  try {
    await Deno.writeTextFile(file, script);
    const { code, stderr, stdout } = await new Deno.Command("deno", {
      args: ["run", "--allow-env", "--no-prompt", file],
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stderr: text(stderr), stdout: text(stdout) };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("runTask() ends with 0 on success and for --help", async () => {
  expect((await run("", "--n", "1")).code).toBe(0);
  const help = await run("", "--help");
  expect(help.code).toBe(0);
  expect(help.stdout).toContain("--n <n>");
});

Deno.test("runTask() ends with 2 and one line on wrong usage", async () => {
  const missing = await run("");
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("required option '--n <n>'");
  expect((await run("", "--n", "1", "--m")).stderr).toContain("unknown option '--m'");
});

Deno.test("runTask() ends with 1 and the sentence on failure, with the stack only for --debug", async () => {
  const fail = `throw new DataError({ expected: "a folder", found: "none" });`;
  const plain = await run(fail, "--n", "1");
  expect(plain.code).toBe(1);
  expect(plain.stderr.trim()).toBe("error: Expected a folder but found none.");
  expect((await run(fail, "--n", "1", "--debug")).stderr).toMatch(/ at /);
});

Deno.test("runTask() lets no name of others command the terminal, in results, warnings and errors", async () => {
  const evil = `const evil = "\\x1b]0;title\\x07\\x1b[2Jmurmur\\r.wav";`;
  const said = await run(
    `${evil} console.log("of", evil); console.warn(evil); throw new DataError({ expected: evil, found: evil });`,
    ...["--n", "1", "--debug"],
  );
  expect(said.stdout).toContain("of \\x1b]0;title\\x07\\x1b[2Jmurmur\\x0d.wav");
  expect(said.stderr).toContain("error: Expected \\x1b]0;title");
  // deno-lint-ignore no-control-regex
  expect(said.stdout + said.stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
});

Deno.test("runTask() ends with 130 when the user stopped it", async () => {
  const stopped = await run(`throw new Stopped("stopped: --resume goes on");`, "--n", "1");
  expect([stopped.code, stopped.stderr.trim()]).toEqual([130, "stopped: --resume goes on"]);
});

Deno.test("runTask() says which folders a task may write to where another was asked for", async () => {
  const outside = await run(`await Deno.mkdir("/elsewhere/run");`, "--n", "1");
  expect(outside.code).toBe(1);
  expect(outside.stderr.split("\n")[0]).toBe(
    'error: Expected a folder that this task may write to but found "/elsewhere/run": it writes nothing.',
  );
});
