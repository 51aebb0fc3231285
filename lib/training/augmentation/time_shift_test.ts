import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { timeShift } from "../mod.ts";

Deno.test("timeShift() turns whole frames round and loses none", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seed, frames, maxShare) => {
        const features = Float32Array.from({ length: frames * 3 }, (_, i) => i);
        const shifted = features.slice();
        const rest = { target: Float32Array.of(1), weight: 1, mean: new Float32Array(3) };
        const example = { features: shifted, frames, bands: 3, channels: 1, ...rest };
        timeShift.definition.apply(example, { maxShare }, randomStream(seed, "shift"));
        const start = shifted.indexOf(0) / 3;
        // A turn by s frames to the right is one by frames - s to the left.
        expect(Math.min(start, frames - start)).toBeLessThanOrEqual(Math.round(maxShare * frames));
        for (let frame = 0; frame < frames; frame++) {
          const to = (frame + start) % frames;
          expect(shifted.subarray(to * 3, to * 3 + 3)).toEqual(features.subarray(frame * 3, frame * 3 + 3));
        }
      },
    ),
  );
});
