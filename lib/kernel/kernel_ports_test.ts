import { expect } from "expect";
import { openServers, signatureHistory } from "./kernel_ports.ts";

Deno.test("signatureHistory() refuses what came before, and forgets the oldest", () => {
  const history = signatureHistory();
  history.add("a");
  expect(() => history.add("a")).toThrow("one that came before");
  for (let i = 0; i < 1 << 16; i++) history.add(`${i}`);
  expect(() => history.add("a")).not.toThrow();
  expect(() => history.add("65535")).toThrow();
});

function server() {
  const state = { open: true };
  const close = () => {
    state.open = false;
    return Promise.resolve();
  };
  return { state, close };
}

Deno.test("openServers() gives each server under its name", () => {
  const [a, b] = [server(), server()];
  expect(openServers({ a: () => a, b: () => b })).toEqual({ a, b });
});

Deno.test("openServers() closes those that were open where one can't be", () => {
  const first = server();
  const taken = () => {
    throw new Error("Port 5 is taken.");
  };
  expect(() => openServers({ first: () => first, taken })).toThrow("Port 5 is taken.");
  expect(first.state.open).toBe(false);
});
