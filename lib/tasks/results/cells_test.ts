import { expect } from "expect";
import type { RunConfig } from "../../runs/mod.ts";
import { commandLine } from "../option_values.ts";
import { protocolName } from "./cells.ts";

Deno.test("protocolName() tells what a command set, however it was written", () => {
  const named = (...args: string[]) =>
    protocolName({
      experiment: { evaluation: { protocol: { kind: "hold-out" } } },
      seeds: [1, 2],
      command: commandLine("experiment", ["my file.ts", ...args]),
    } as unknown as RunConfig);
  expect(named()).toBe("hold-out, 2 seeds");
  expect(named("--set", "model.dropout=0", "--seed", "3")).toBe("hold-out, 2 seeds, model.dropout=0");
  expect(named("--set=model.dropout=0")).toBe("hold-out, 2 seeds, model.dropout=0");
  expect(named("--set", "budget=folds", "--set", "evaluation.protocol.folds=3")).toBe("hold-out, 2 seeds");
  for (const value of ['input={"a": "b c"}', "title=it's 'so'", "a=\\", "a=--set"]) {
    expect(named("--set", value)).toBe(`hold-out, 2 seeds, ${value}`);
    expect(named(`--set=${value}`, "--engine", "ort")).toBe(`hold-out, 2 seeds, ${value}`);
  }
});
