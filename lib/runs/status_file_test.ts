import { expect } from "expect";
import { changeWords, engineWords } from "./status_file.ts";

Deno.test("engineWords() tells which engine trained what", () => {
  const config = { engine: { name: "ort-webgpu", description: "a card", reason: "?", threads: 2 } } as const;
  expect(engineWords(config)).toBe("a card");
  const change = { network: 0, after: 2, name: "ort", description: "a processor", threads: 2, reason: "lost" } as const;
  const changes = [change, { ...change, network: 1, after: 0, description: "a card" }];
  expect(engineWords(config, changes))
    .toBe("a card, after epoch 2 of network 1 by a processor, from network 2 on by a card");
  expect(changes.map(changeWords)).toEqual(["after epoch 2 of network 1", "from network 2 on"]);
});
