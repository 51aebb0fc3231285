import { expect } from "expect";
import { shellWord } from "./mod.ts";

Deno.test("shellWord() quotes what a shell would divide or read otherwise", () => {
  expect(["data/a.csv", "my data/a.csv", "it's", "$HOME", ""].map(shellWord))
    .toEqual(["data/a.csv", "'my data/a.csv'", "'it'\\''s'", "'$HOME'", "''"]);
});

Deno.test("readingHint() says what lets a task look into a folder that it may not read, and nothing of others", async () => {
  const module = new URL("./visible_text.ts", import.meta.url).href;
  const code = `import { readingHint } from "${module}"; console.log(readingHint("/a b"), "|", readingHint("lib"));`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, code);
    const args = ["run", "--no-config", "--no-prompt", "--allow-read=lib", file];
    const { stdout } = await new Deno.Command("deno", { args }).output();
    expect(new TextDecoder().decode(stdout).trim()).toBe("(--read '/a b' lets this task look there) |");
  } finally {
    await Deno.remove(file);
  }
});
