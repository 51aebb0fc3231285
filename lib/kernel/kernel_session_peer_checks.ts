import { expect } from "expect";
import { stripVTControlCharacters } from "node:util";
import { peerCheck } from "../testing/mod.ts";
import { type KernelSession, type KernelSessionOptions, startKernelSession } from "./kernel_session.ts";
import { readContent } from "./jupyter_message.ts";

// The real Deno kernel behind a session.

const needs = { programs: ["deno"] };

async function withSession(
  check: (session: KernelSession) => Promise<void>,
  options: KernelSessionOptions = {},
): Promise<void> {
  const session = await startKernelSession(options);
  try {
    await check(session);
  } finally {
    await session.close();
  }
}

/** What a cell showed, streams joined, and how it ended. */
async function run(session: KernelSession, code: string) {
  const shown: unknown[] = [];
  const content = { code, silent: false, store_history: true, allow_stdin: false };
  const reply = await session.execute(content, ({ header, ...output }) => {
    const { name, text, data, ename, evalue } = readContent({ ...output });
    const last = shown.at(-1) as [string, string] | undefined;
    if (header.msg_type === "stream" && last?.[0] === name) last![1] += text;
    else if (header.msg_type === "stream") shown.push([name, text]);
    else shown.push([header.msg_type, data ?? `${ename}: ${evalue}`]);
  });
  return { shown, status: reply.status, count: reply.execution_count };
}

/** Runs a cell that prints "begun", and stops it then. */
function runAndStop(session: KernelSession, code: string) {
  let stopped = false;
  const interrupting: KernelSession = {
    ...session,
    execute: (content, onOutput) =>
      session.execute(content, (output) => {
        if (!stopped && output.header.msg_type === "stream" && readContent(output).text === "begun\n") {
          stopped = true;
          session.interrupt();
        } else onOutput(output);
      }),
  };
  return run(interrupting, code);
}

const number = (value: number) => ["execute_result", { "text/plain": `\x1b[33m${value}\x1b[39m` }];
const stopped = [["error", "Interrupted: The cell was stopped."]];

peerCheck(
  "a session shows 5,000 lines, 5 MB, results and errors in order, each before its cell's end",
  needs,
  () =>
    withSession(async (session) => {
      const lines = Array.from({ length: 5000 }, (_, i) => `${i}\n`).join("");
      const print = "for (let i = 0; i < 5000; i++) console.log(String(i));";
      expect(await run(session, `${print} 5`)).toMatchObject({ shown: [["stdout", lines], number(5)], count: 1 });
      const large = await run(
        session,
        `await Deno.jupyter.display({ "text/plain": "x".repeat(5e6) }, { raw: true }); 7`,
      );
      expect(large.shown).toMatchObject([["display_data", { "text/plain": "x".repeat(5e6) }], number(7)]);
      expect(await run(session, `${print} throw new TypeError("bad")`)).toMatchObject({
        shown: [["stdout", lines], ["error", "TypeError: bad"]],
        status: "error",
      });
      expect(await run(session, "6 * 7")).toMatchObject({ shown: [number(42)], status: "ok", count: 4 });
    }),
);

peerCheck(
  "a session shows displays of 20 and 60 MB whole, with results and errors behind them",
  needs,
  () =>
    withSession(async (session) => {
      for (const megabytes of [20, 60]) {
        for (
          const [end, shownEnd] of [["42", number(42)], ["throw new TypeError('bad')", ["error", "TypeError: bad"]]]
        ) {
          const display = `{ "text/plain": "0123456789".repeat(${megabytes}e5) }, { raw: true }`;
          const code = `console.log("before"); await Deno.jupyter.display(${display}); console.log("after"); ${end}`;
          const { shown } = await run(session, code);
          const [type, { "text/plain": plain }] = shown[1] as [string, Record<string, string>];
          expect([shown[0], type, shown[2], shown[3]]).toEqual([
            ...[["stdout", "before\n"], "display_data", ["stdout", "after\n"]],
            shownEnd,
          ]);
          expect(plain === "0123456789".repeat(megabytes * 1e5)).toBe(true); // no difference of 60 MB is printed
        }
      }
    }),
);

peerCheck("a session shows what is written past the console", needs, () =>
  withSession(async (session) => {
    const command = `new Deno.Command("deno", { args: ["eval", "console.log('b'); console.error('c')"] })`;
    const code = `console.log("a"); await ${command}.spawn().status; process.stdout.write("d");
      Deno.stdout.writeSync(new TextEncoder().encode("e\\n")); undefined`;
    const { shown } = await run(session, code);
    const streams = shown as [string, string][];
    expect(streams.filter(([name]) => name === "stdout").map(([, text]) => text).join("")).toBe("a\nb\nde\n");
    expect(streams.filter(([name]) => name === "stderr").map(([, text]) => text).join("")).toBe("c\n");
  }));

peerCheck("a session says where the syntax is wrong, and what was thrown", needs, () =>
  withSession(async (session) => {
    const { shown } = await run(session, "const a = 1;\nconst b = ;");
    expect(shown).toEqual([[
      "error",
      expect.stringMatching(/^SyntaxError: Expression expected\. \(line 2, column 11\)/),
    ]]);
    expect((await run(session, "throw 'text'")).shown).toEqual([["error", "Error: text"]]);
    expect((await run(session, "Promise.reject(new Error('lost')); 1")).shown).toContainEqual(number(1));
  }));

peerCheck(
  "a session shows every value of a last expression but undefined",
  needs,
  () =>
    withSession(async (session) => {
      const values = [["NaN", "NaN"], ["1 / 0", "Infinity"], ["-0", "-0"], ["2n ** 70n", "1180591620717411303424n"]];
      for (const [code, text] of [...values, ["null", "null"], ["(1, 'x')", '"x"'], ["await 3", "3"]]) {
        const { shown } = await run(session, code);
        const [, { "text/plain": plain }] = shown[0] as [string, { "text/plain": string }];
        expect(stripVTControlCharacters(plain)).toBe(text);
      }
      for (const code of ["undefined", "const q = 1", "NaN; let r"]) {
        expect((await run(session, code)).shown).toEqual([]);
      }
    }),
);

peerCheck(
  "a session shows what was thrown with its fields, cause and errors, and which import failed",
  needs,
  () =>
    withSession(async (session) => {
      const said = async (code: string) => {
        let text = "";
        await session.execute({ code, silent: false, store_history: true, allow_stdin: false }, (output) => {
          text += (readContent(output).traceback as string[] | undefined)?.join("\n") ?? "";
        });
        return text;
      };
      expect(await said("throw { code: 3, why: 'disk' }")).toContain('{ code: 3, why: "disk" }');
      expect(await said("throw undefined")).toBe("Uncaught undefined");
      expect(await said("throw -0")).toBe("Uncaught -0");
      expect(await said("throw new Error('outer', { cause: new TypeError('root') })")).toMatch(
        /Error: outer[^]*TypeError: root/,
      );
      expect(await said("throw new AggregateError([new Error('first')], 'many')")).toMatch(/many[^]*Error: first/);
      expect(await said("await Promise.reject(Object.assign(new Error('no'), { status: 404 }))")).toContain(
        "status: 404",
      );
      expect(await said('import a from "npm:@nobody/is-not-there@1.0.0";')).toContain(
        "npm:@nobody/is-not-there@1.0.0",
      );
      expect(await said('import { x } from "./nowhere.ts";')).toContain("nowhere.ts");
      const twoFrames = await said(
        "type A = 1;\n\nfunction f(x: A) {\n  // why\n  throw new RangeError(`${x}`);\n}\n\nf(1);",
      );
      expect(twoFrames).toMatch(/at f \(<anonymous>:5:9\)\n *at <anonymous>:8:1\n\n *5 \| *throw new RangeError/);
      expect(await said("\nf(1);")).toMatch(/at f \(cell \[\d+\]:5:9\)\n *at <anonymous>:2:1/);
    }),
);

peerCheck(
  "a session tells signature, doc comment and value, completes, and warns of types without stopping",
  needs,
  () =>
    withSession(async (session) => {
      await run(
        session,
        "/** Adds two. */\nfunction add(a: number, b: number) { return a + b; }\nconst widget = { alpha: 1 };",
      );
      const ask = async (type: string, code: string) =>
        readContent(await session.request(`${type}_request`, { code, cursor_pos: [...code].length, detail_level: 0 }));
      // The value is there at once; the language server needs some seconds for its first answer.
      expect(await ask("inspect", "'😀'; widget")).toMatchObject({ found: true });
      const text = (answer: Record<string, unknown>) => (answer.data as Record<string, string>)["text/plain"] ?? "";
      // It answers from the value alone while the language server is still starting, and on a machine that is very busy.
      const until = async (isRight: (answer: Record<string, unknown>) => boolean, type: string, code: string) => {
        for (let tries = 0; tries < 60; tries++) {
          const answer = await ask(type, code);
          if (isRight(answer)) return answer;
        }
        throw new Error(`no right answer to ${type} of ${code}`);
      };
      const says = (pattern: RegExp) => (answer: Record<string, unknown>) => pattern.test(text(answer));
      const offers = (name: string) => ({ matches }: Record<string, unknown>) => (matches as string[]).includes(name);
      await until(says(/add\(a: number, b: number\): number[^]*Adds two\./), "inspect", "add(1, ");
      await until(says(/alpha: number;[^]*\{ alpha: 1 \}/), "inspect", "widget");
      expect(await ask("inspect", "isNotThere")).toMatchObject({ found: false });
      const completed = await until(offers("alpha"), "complete", "'😀'; widget.al");
      expect(completed).toMatchObject({ cursor_start: 12, cursor_end: 14 });
      await until(offers("minimumFractionDigits"), "complete", 'new Intl.NumberFormat("en", { minimumFr');
      const shown: string[] = [];
      const content = { code: "add(1,\n  '2')", silent: false, store_history: true, allow_stdin: true };
      const reply = await session.execute(content, (output) => shown.push(JSON.stringify(readContent(output).data)));
      expect(reply.status).toBe("ok");
      for (let i = 0; i < 100 && shown.length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(shown.join("")).toMatch(/Type warning, line 2: Argument of type/);
      expect((await run(session, "const widget = 'another'; widget.length")).status).toBe("ok");
      expect(text(await ask("inspect", "widget"))).toContain('"another"');
    }, { help: true }),
);

const loops: [name: string, code: string][] = [
  ["without an await", "while (true) {}"],
  ["with awaits", "while (true) await new Promise((resolve) => setTimeout(resolve, 10));"],
  ["that catches everything", "for (;;) { try { await new Promise((r) => setTimeout(r, 10)); } catch {} }"],
];
for (const [name, code] of loops) {
  peerCheck(`a session stops a loop ${name} and keeps its state`, needs, () =>
    withSession(async (session) => {
      await run(session, "let kept = 42;");
      const { shown } = await runAndStop(session, `console.log("begun"); ${code}`);
      expect(shown).toEqual(stopped);
      expect((await run(session, "kept")).shown).toEqual([number(42)]);
    }));
}

peerCheck(
  "a session lets a training that took the signal end with its weights",
  needs,
  () =>
    withSession(async (session) => {
      const code = `const signal = globalThis[Symbol.for("Jupyter.signal")];
      const weights = await new Promise((resolve) => signal.addEventListener("abort", () => setTimeout(() => resolve(7), 200)));
      await new Promise(() => {});`;
      const { shown } = await runAndStop(session, `console.log("begun"); ${code}`);
      expect(shown).toEqual(stopped);
      expect((await run(session, "weights")).shown).toEqual([number(7)]);
      expect((await run(session, `globalThis[Symbol.for("Jupyter.signal")].aborted ? 1 : 0`)).shown).toEqual([
        number(0),
      ]);
    }),
);

peerCheck("a session says how its kernel ended", needs, () =>
  withSession(async (session) => {
    await expect(run(session, "Deno.exit(3)")).rejects.toThrow(/exit status 3, as by Deno\.exit\(3\)/);
    await expect(run(session, "1")).rejects.toThrow(/exit status 3/);
  }));

peerCheck("a session says that its kernel was killed", needs, () =>
  withSession(async (session) => {
    await expect(run(session, `Deno.kill(Deno.pid, "SIGKILL"); await new Promise(() => {});`)).rejects.toThrow(
      "The kernel was killed, perhaps because the machine ran out of memory.",
    );
  }));

peerCheck("a session says that a cell filled the memory", needs, async () => {
  const session = await startKernelSession({ env: { DENO_V8_FLAGS: "--max-old-space-size=100" } });
  try {
    await expect(run(session, "const all = []; while (true) all.push(new Array(1000).fill(all.length));")).rejects
      .toThrow(/^The kernel filled its memory and ended: load less at once, or raise the limit with DENO_V8_FLAGS=/);
    expect(await session.ended).toMatchObject({ signal: expect.any(String) });
  } finally {
    await session.close();
  }
});
