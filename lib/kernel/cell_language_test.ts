import { expect } from "expect";
import { cellModules, declaredNames } from "./cell_language.ts";

Deno.test("declaredNames() names everything that a cell declares or imports for later ones", () => {
  const code =
    `import a, { b, type C as D } from "x";\nimport * as e from "y";\nconst { f, g: [h = 1, ...i], ...j } = o;
    let k, l = 2;\nfunction m() { const inner = 1; }\nclass N {}\nenum O {}\ninterface P {}\ntype Q = 1;\n{ const block = 1; }`;
  expect(declaredNames(code)).toEqual([..."abDefhijklmNOPQ"]);
});

Deno.test("cellModules() imports the newest declaration of what a cell uses, on one line above it", () => {
  const modules = cellModules("https://study.example");
  const [first, second] = ["const a = 1, b = 2;", "const a = 'x';"].map((code) =>
    modules.keep(code).uri.split("/").at(-1)
  );
  const { uri, text } = modules.draft("a + b;\nconst c = 3;");
  expect(uri.startsWith("https://study.example/.cell-")).toBe(true);
  const [imports, ...rest] = text.split("\n");
  expect(imports.split("; ").map((line) => line.replace(";", "")).toSorted()).toEqual([
    `import { a } from "./${second}"`,
    `import { b } from "./${first}"`,
  ].toSorted());
  expect(rest).toEqual(["a + b;", "const c = 3;", "export { c };", ""]);
  expect(modules.draft("const a = 5; a;").text).not.toContain("import");
});
