import { expect } from "expect";
import { bracketed, interruptibleCode } from "./interruptible_code.ts";

const cellCode = (code: string) => interruptibleCode(code, { runtime: "__cell" });

const rewritten: [why: string, code: string, result: string][] = [
  ["an await", "await f()", "__cell.result(await __cell.wait(f()))"],
  [
    "nested awaits",
    "await f(await g(), await (await h()).x)",
    "__cell.result(await __cell.wait(f(await __cell.wait(g()), await __cell.wait((await __cell.wait(h())).x))))",
  ],
  ["an await of an await", "await await f()", "__cell.result(await __cell.wait(await __cell.wait(f())))"],
  ["an operand only", "1 + await x - 2", "__cell.result(1 + await __cell.wait(x) - 2)"],
  [
    "a loop over asynchronous items",
    "for await (const x of f()) { await g(x) }",
    "for await (const x of __cell.each(f())) {__cell.turn(0); await __cell.wait(g(x)) }",
  ],
  [
    "functions of the cell",
    "const f = async () => { await g() };",
    "const f = async () => { await __cell.wait(g()) };",
  ],
  [
    "several lines, each in its place",
    "// a\nawait x // b\n\nawait y",
    "// a\nawait __cell.wait(x) // b\n\n__cell.result(await __cell.wait(y))",
  ],
  [
    "types and JSX",
    "const a: A<B> = await <div>{await b}</div>",
    "const a: A<B> = await __cell.wait(<div>{await __cell.wait(b)}</div>)",
  ],
  ["the value of a last expression", "f(); (a, b);", "f(); __cell.result((a, b));"],
  ["text as text", "`${1} await x`", "__cell.result(`${1} await x`)"],
  ["what is thrown", "if (x) throw x;", "if (x) throw __cell.thrown(x);"],
  ["old type assertions", "const a = <number>await b", "const a = <number>await __cell.wait(b)"],
];

for (const [why, code, result] of rewritten) {
  Deno.test(`interruptibleCode() rewrites ${why}`, () => expect(cellCode(code)).toMatchObject({ code: result }));
}

for (
  const code of [
    "const await_ = 1",
    "const a = 'await x'",
    "// await x",
    "f(); let a",
    "import a from 'npm:b'",
    "{ a: 1 }",
  ]
) {
  Deno.test(`interruptibleCode() leaves ${code} as it is`, () => expect(cellCode(code)).toEqual({ code, loops: 0 }));
}

Deno.test("interruptibleCode() says where the syntax is wrong", () => {
  const { code, syntaxError } = interruptibleCode("const a = 1;\nconst x = ;\n");
  expect(code).toBe("const a = 1;\nconst x = ;\n");
  expect(syntaxError).toBe("Expression expected. (line 2, column 11)\n  const x = ;\n            ^");
});

for (
  const [code, result] of [["{ a: 1 }", "({ a: 1 }\n)"], ["{ a: 1 };", "{ a: 1 };"], ["{ for (;;); }", "{ for (;;); }"]]
) {
  Deno.test(`bracketed() takes ${code} as the kernel does`, () => expect(bracketed(code)).toBe(result));
}
