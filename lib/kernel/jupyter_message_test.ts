import { expect } from "expect";
import { DELIMITER } from "./zmtp_frame.ts";
import { formatMessage, newMessage, parseMessage, readContent } from "./jupyter_message.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("parseMessage() takes a message that jupyter_client signed", () => {
  // jupyter_client 8.9 Session(key=b"a-key").sign() of these four parts.
  const signature = "2a66586d7c91e5fcbf7ea7a8cb75f9d06c47e3b3cb9c9cf87425611d16fd163b";
  const parts = ['{"msg_id":"1","msg_type":"status","session":"s"}', "{}", "{}", '{"execution_state":"busy"}'].map(
    bytes,
  );
  const frames = [bytes("an address"), DELIMITER, bytes(signature), ...parts, Uint8Array.of(1, 2)];
  const message = parseMessage(frames, "a-key");
  expect(message.header).toEqual({ msg_id: "1", msg_type: "status", session: "s" });
  expect(readContent(message)).toEqual({ execution_state: "busy" });
  expect(message.buffers).toEqual([Uint8Array.of(1, 2)]);
  expect(formatMessage(message, "a-key")).toEqual(frames);
});

Deno.test("parseMessage() refuses a changed message, a wrong key and missing frames", () => {
  const frames = formatMessage(newMessage({ type: "status", content: { a: 1 }, session: "s" }), "key");
  const changed = frames.with(-1, bytes('{"a":2}'));
  for (const [wrong, key] of [[changed, "key"], [frames, "other"], [frames.with(1, bytes("")), "key"]] as const) {
    expect(() => parseMessage(wrong, key)).toThrow(/signed with the key/);
  }
  expect(() => parseMessage(frames.slice(0, 4), "key")).toThrow(/<IDS\|MSG> and five frames/);
});

Deno.test("parseMessage() refuses a header without type and content that is no object", () => {
  const frames = formatMessage(newMessage({ type: "status", content: {}, session: "s" }), "");
  expect(() => parseMessage(frames.with(2, bytes('{"msg_id":"1"}')), "")).toThrow(
    /msg_type to be text but found undefined/,
  );
  expect(() => readContent(parseMessage(frames.with(5, bytes("[1]")), ""))).toThrow(/JSON object but found \[1\]/);
});
