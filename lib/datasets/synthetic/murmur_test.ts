import { expect } from "expect";
import { realFft } from "../../audio/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { type Beat, murmur } from "./heart_sound.ts";

const sampleRate = 4000;
const beats: Beat[] = Array.from({ length: 40 }, (_, i) => ({ s1: i, s2: i + 0.35, next: i + 1 }));

/** Energy of a murmur in tenths of the systole and of the diastole, each as shares of the whole. */
function energies(condition: "AS" | "MR" | "MS" | "AR" | "MVP") {
  const { samples } = murmur(40 * sampleRate, { condition, beats, sampleRate, stream: randomStream(0, condition) });
  const shares = { systole: new Array<number>(10).fill(0), diastole: new Array<number>(10).fill(0) };
  let total = 0;
  samples.forEach((value, n) => {
    const t = (n / sampleRate) % 1;
    const [phase, u] = t < 0.35 ? ["systole", t / 0.35] as const : ["diastole", (t - 0.35) / 0.65] as const;
    shares[phase][Math.min(9, Math.floor(10 * u))] += value * value;
    total += value * value;
  });
  const share = (phase: "systole" | "diastole", from = 0, to = 10) =>
    shares[phase].slice(from, to).reduce((sum, value) => sum + value, 0) / total;
  return { share, samples };
}

/** Centre of gravity of the power spectrum, Hz. */
function centroid(samples: Float32Array): number {
  const nFft = 16384;
  const { forward, nBins } = realFft(nFft);
  const spectrum = new Float32Array(2 * nBins);
  forward(samples.slice(0, nFft), spectrum);
  let power = 0, weighted = 0;
  for (let bin = 0; bin < nBins; bin++) {
    const one = spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2;
    power += one;
    weighted += one * bin * sampleRate / nFft;
  }
  return weighted / power;
}

Deno.test("murmur() of AS, MR and MVP is systolic, of AR and MS diastolic", () => {
  for (const condition of ["AS", "MR", "MVP"] as const) {
    expect(energies(condition).share("systole")).toBeGreaterThan(0.95);
  }
  for (const condition of ["AR", "MS"] as const) expect(energies(condition).share("diastole")).toBeGreaterThan(0.95);
});

Deno.test("murmur() of AS rises and falls, of MR stays, of MVP comes late, of AR fades", () => {
  const stenosis = energies("AS").share;
  expect(stenosis("systole", 3, 7)).toBeGreaterThan(4 * (stenosis("systole", 0, 3) + stenosis("systole", 8, 10)));
  const regurgitation = energies("MR").share;
  // A plateau over 95 % of the systole: its thirds hold about a third each.
  for (const [from, to] of [[1, 4], [4, 7], [7, 10]]) {
    expect(Math.abs(regurgitation("systole", from, to) - 0.32)).toBeLessThan(0.06);
  }
  expect(energies("MVP").share("systole", 5, 10)).toBeGreaterThan(0.95);
  const aortic = energies("AR").share;
  expect(aortic("diastole", 0, 3)).toBeGreaterThan(5 * aortic("diastole", 5, 10));
});

Deno.test("murmur() of MS rumbles low and grows before the next first sound; regurgitation blows higher", () => {
  const { share, samples } = energies("MS");
  expect(centroid(samples)).toBeLessThan(170);
  for (const condition of ["MR", "AR"] as const) expect(centroid(energies(condition).samples)).toBeGreaterThan(220);
  expect(share("diastole", 8, 10)).toBeGreaterThan(share("diastole", 5, 7));
});
