import { expect } from "expect";
import { joinStreams } from "./fenced_kernel.ts";
import { newMessage, readContent } from "./jupyter_message.ts";

const output = (type: string, content: Record<string, unknown>) => newMessage({ type, content, session: "s" });
const stream = (name: string, text: string) => output("stream", { name, text });

function joined(pushed: ReturnType<typeof output>[]): unknown[] {
  const shown: unknown[] = [];
  const joiner = joinStreams((message) => {
    const { name, text } = readContent(message);
    shown.push([name ?? message.header.msg_type, text]);
  });
  pushed.forEach(joiner.push);
  joiner.flush();
  return shown;
}

Deno.test("joinStreams() joins lines of one stream and keeps the order of everything else", () => {
  expect(joined([
    stream("stdout", "a\n"),
    stream("stdout", "b\n"),
    stream("stderr", "c\n"),
    stream("stdout", "d\n"),
    output("display_data", {}),
    stream("stdout", "e\n"),
  ])).toEqual([
    ["stdout", "a\nb\n"],
    ["stderr", "c\n"],
    ["stdout", "d\n"],
    ["display_data", undefined],
    ["stdout", "e\n"],
  ]);
});

Deno.test("joinStreams() hands on at most about 64 KB at once", () => {
  const shown = joined(Array.from({ length: 10 }, () => stream("stdout", "x".repeat(20_000)))) as [string, string][];
  expect(shown.map(([, text]) => text.length)).toEqual([80_000, 80_000, 40_000]);
});
