import { expect } from "expect";
import { signatureHistory } from "./kernel_ports.ts";

Deno.test("signatureHistory() refuses what came before, and forgets the oldest", () => {
  const history = signatureHistory();
  history.add("a");
  expect(() => history.add("a")).toThrow("one that came before");
  for (let i = 0; i < 1 << 16; i++) history.add(`${i}`);
  expect(() => history.add("a")).not.toThrow();
  expect(() => history.add("65535")).toThrow();
});
