import { expect } from "expect";
import fc from "fast-check";
import { concatBytes, DELIMITER, encodeCommand, encodeMessage, type Frames } from "./zmtp_frame.ts";
import { parseZmtp } from "./zmtp_reader.ts";

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const wire = (frames: Frames) => concatBytes(encodeMessage(frames));
const jupyter = (
  content: unknown,
): Frames => [DELIMITER, json("signature"), json({}), json({}), json({}), json(content)];

Deno.test("encodeMessage() writes the bytes of the ZMTP 3.0 document", () => {
  // RFC 23: flags (1 more, 2 long, 4 command), size in 1 byte, or in 8 in network order, body.
  expect([...wire([Uint8Array.of(7), new Uint8Array(0)])]).toEqual([1, 1, 7, 0, 0]);
  expect([...wire([new Uint8Array(256)]).subarray(0, 9)]).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 0]);
  expect([...encodeCommand("PING", Uint8Array.of(9))]).toEqual([4, 6, 4, 80, 73, 78, 71, 9]);
});

Deno.test("parseZmtp() reads what encodeMessage() wrote, and says how many bytes are missing", () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(frames, fc.nat(), (message, cut) => {
    const bytes = wire(message);
    expect(parseZmtp(bytes)).toEqual({ messages: [message], commands: [], length: bytes.length });
    const short = cut % bytes.length;
    const needed = parseZmtp(bytes.subarray(0, short));
    expect(needed).toBeGreaterThan(short);
    expect(needed).toBeLessThanOrEqual(bytes.length);
  }));
});

Deno.test("parseZmtp() cuts out a message that landed at any place of an output", () => {
  const contents = fc.record({ text: fc.string({ minLength: 300, maxLength: 2000 }) });
  fc.assert(fc.property(contents, contents, fc.nat(), (outer, inner, place) => {
    const large = wire(jupyter(outer));
    // Somewhere behind the delimiter of the outer message: before it nothing was written yet.
    const at = 11 + place % (large.length - 11);
    const damaged = concatBytes([large.subarray(0, at), wire(jupyter(inner)), large.subarray(at)]);
    const parsed = parseZmtp(damaged, { repair: true });
    expect(parsed).toEqual({ messages: [jupyter(inner), jupyter(outer)], commands: [], length: damaged.length });
  }));
});

Deno.test("parseZmtp() cuts out messages that landed in one another, however the bytes arrive", () => {
  const messages = [0, 1, 2].map((level) => jupyter({ level, text: "x".repeat(400) }));
  const nested = messages.map(wire).reduceRight((inner, outer) =>
    concatBytes([outer.subarray(0, 300), inner, outer.subarray(300)])
  );
  let have = 0;
  for (let parsed = parseZmtp(nested.subarray(0, 0), { repair: true }); typeof parsed === "number";) {
    expect(parsed).toBeGreaterThan(have);
    have = parsed;
    parsed = parseZmtp(nested.subarray(0, have), { repair: true });
    if (typeof parsed !== "number") expect(parsed.messages).toEqual(messages.toReversed());
  }
  expect(have).toBe(nested.length);
});

Deno.test("parseZmtp() leaves a message with an address in front whole", () => {
  const message = [json("kernel.status"), ...jupyter({ a: 1 })];
  expect(parseZmtp(wire(message), { repair: true })).toMatchObject({ messages: [message] });
});

Deno.test("parseZmtp() refuses bytes that are no ZMTP", () => {
  expect(() => parseZmtp(json("GET / HTTP/1.1"))).toThrow(/flags of a ZMTP frame but found the byte 34/);
});
