import { expect } from "expect";
import fc from "fast-check";
import { type Biquad, butterworth, type ButterworthOptions } from "./butterworth.ts";
import goldens from "./goldens/filters.json" with { type: "json" };
import { goldenSignal, projection, type SignalFormula } from "./fixtures/golden_signal.ts";
import { sosFilter, sosFilterZeroPhase } from "./sos_filter.ts";

interface GoldenOutput {
  mean?: number;
  proj?: number;
  at?: number[][];
  error_type?: string;
}

interface GoldenRun {
  n?: number;
  dc?: number;
  tones?: number[][];
  sosfilt?: GoldenOutput;
  sosfiltfilt?: GoldenOutput;
}

function options({ btype, fs, wn, order }: { btype: string; fs: number; wn: number[]; order: number }) {
  const [low, high] = btype === "lowpass" ? [undefined, wn[0]] : wn;
  return { sampleRate: fs, low, high, order, stop: btype === "bandstop" } satisfies ButterworthOptions;
}

function response(sos: Biquad[], hz: number, sampleRate: number): [number, number] {
  const turn = 2 * Math.PI * hz / sampleRate;
  let decibels = 0, phase = 0;
  const add = (c0: number, c1: number, c2: number, sign: number) => {
    const re = c0 + c1 * Math.cos(turn) + c2 * Math.cos(2 * turn);
    const im = -c1 * Math.sin(turn) - c2 * Math.sin(2 * turn);
    decibels += sign * 20 * Math.log10(Math.hypot(re, im));
    phase += sign * Math.atan2(im, re);
  };
  for (const { b0, b1, b2, a1, a2 } of sos) {
    add(b0, b1, b2, 1);
    add(1, a1, a2, -1);
  }
  return [decibels, Math.atan2(Math.sin(phase), Math.cos(phase))];
}

/** scipy's own rounding differs by section order; its README grants 1e-10 in 64 bits. */
function expectOutput(found: Float64Array, golden: GoldenOutput) {
  for (const [i, value] of golden.at!) expect(Math.abs(found[i] - value)).toBeLessThan(1e-10);
  expect(Math.abs(projection(found) - golden.proj!)).toBeLessThan(1e-10);
}

for (const design of goldens.designs) {
  const title = `${design.btype} ${design.wn.join("-")} Hz of order ${design.order} at ${design.fs} Hz`;
  const sos = butterworth(options(design));

  Deno.test(`butterworth() has scipy's response for a ${title}`, () => {
    expect(sos.length).toBe(design.n_sections);
    for (const [hz, decibels, phase] of design.resp) {
      const found = response(sos, hz, design.fs);
      // Far down the response is a small difference of large numbers; the golden dB have nine digits.
      if (decibels < -200) continue;
      expect(Math.abs(found[0] - decibels)).toBeLessThan(1e-6);
      expect(Math.abs(Math.sin(found[1] - phase))).toBeLessThan(1e-6);
    }
  });

  for (const [name, run] of Object.entries(design.runs) as [string, GoldenRun][]) {
    const formula = run.n === undefined
      ? (goldens.signals as Record<string, SignalFormula>)[name]
      : run as SignalFormula;
    const signal = goldenSignal(formula, design.fs);
    const { sosfilt, sosfiltfilt } = run;
    if (sosfilt) {
      Deno.test(`sosFilter() gives scipy's output for ${name} through a ${title}`, () => {
        expectOutput(sosFilter(signal, sos), sosfilt);
      });
    }
    Deno.test(`sosFilterZeroPhase() does what scipy does with ${name} and a ${title}`, () => {
      if (sosfiltfilt!.error_type) {
        expect(() => sosFilterZeroPhase(signal, sos)).toThrow(
          `more than ${design.filtfilt_padlen} samples for a zero-phase filter of ${sos.length} sections but found ${formula.n}`,
        );
      } else {
        expectOutput(sosFilterZeroPhase(signal, sos), sosfiltfilt!);
      }
    });
  }
}

for (const invalid of goldens.invalid) {
  Deno.test(`butterworth() refuses ${invalid.wn.join("-")} Hz at ${invalid.fs} Hz as scipy does`, () => {
    expect(() => butterworth(options({ btype: "bandpass", ...invalid }))).toThrow(/edges above 0 Hz, below half/);
  });
}

Deno.test("butterworth() refuses an order that is none, and a band-stop with one edge", () => {
  for (const order of [0, 1.5, NaN]) {
    expect(() => butterworth({ sampleRate: 1000, high: 100, order })).toThrow(/order of 1 or more/);
  }
  expect(() => butterworth({ sampleRate: 1000, high: 100, order: 2, stop: true })).toThrow(/low not given/);
});

Deno.test("butterworth() is stable for every order and every pair of edges", () => {
  const edge = fc.double({ min: 0.001, max: 0.499, noNaN: true });
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), edge, edge, fc.boolean(), (order, a, b, stop) => {
    fc.pre(Math.abs(a - b) > 1e-3);
    const sos = butterworth({ sampleRate: 1, low: Math.min(a, b), high: Math.max(a, b), order, stop });
    // Jury's criterion for a polynomial of second order.
    for (const { a1, a2 } of sos) {
      expect(Math.abs(a2)).toBeLessThan(1);
      expect(Math.abs(a1)).toBeLessThan(1 + a2);
    }
  }));
});

Deno.test("sosFilter() and sosFilterZeroPhase() refuse NaN and no samples", () => {
  const sos = butterworth({ sampleRate: 1000, high: 100, order: 1 });
  for (const filter of [sosFilter, sosFilterZeroPhase]) {
    expect(() => filter([0, 1, NaN], sos)).toThrow(/NaN at sample 2/);
    expect(() => filter([], sos)).toThrow(/one sample but found none/);
  }
});
