// The hot path of lib/features in WebAssembly SIMD (AssemblyScript): samples to log-Mel, four frames at a time, one in
// each lane of a 128-bit vector. So nothing is ever summed across lanes, whatever the length of the transform.
// `deno task build:kernels` compiles it to mel_kernel_wasm.ts. All arrays lie where the caller puts them (mel_kernel.ts).

/** What mel_kernel.ts writes into the memory, field by field. Names ending in `At` are addresses. */
@unmanaged
class Plan {
  nFft: i32; // even, no prime factor above 5
  winLength: i32;
  hopLength: i32;
  margin: i32; // zeros before the window inside the frame
  nMels: i32;
  passes: i32;
  radicesAt: usize; // i32 [passes], of a complex transform of nFft / 2
  twiddlesAt: usize; // f32, cos and -sin, in the order in which they are used
  turnsAt: usize; // f32 [nFft / 4 + 1, 2], cos and sin of 2 pi k / nFft
  windowAt: usize; // f32 [winLength]
  bandsAt: usize; // i32 [nMels, 2]: first bin, number of bins
  weightsAt: usize; // f32, one band after the other
  samplesAt: usize; // f32, with padding: frame t begins at t * hopLength
  outputAt: usize; // f32 [frames rounded up to 4, nMels]
  spectrumAt: usize; // v128 [nFft], first scratch
  spareAt: usize; // v128 [nFft + 4], second scratch; the powers and the levels use it too
  removeDc: i32;
  magnitude: i32;
  log: i32; // 0: levels as they are
  preEmphasis: f32;
  offset: f32; // scale * ln(max(level + offset, floor))
  floor: f32;
  scale: f32;
}

/** Writes `frames` rows of the output; returns the largest level before the logarithm, NaN if there is one. */
export function melFrames(at: usize, frames: i32): f32 {
  const plan = changetype<Plan>(at);
  let largest = f32x4.splat(0);
  for (let frame = 0; frame < frames; frame += 4) {
    const left = frames - frame;
    // Lanes without a frame of their own repeat the last one; their rows are not read.
    const hop = <usize> plan.hopLength << 2;
    const p0 = plan.samplesAt + <usize> frame * hop + (<usize> plan.margin << 2);
    const p1 = left > 1 ? p0 + hop : p0;
    const p2 = left > 2 ? p1 + hop : p1;
    const p3 = left > 3 ? p2 + hop : p2;
    gather(plan, p0, p1, p2, p3);
    const spectrum = transform(plan);
    const power = spectrum == plan.spectrumAt ? plan.spareAt : plan.spectrumAt;
    powers(plan, spectrum, power);
    largest = f32x4.max(largest, bands(plan, power, spectrum));
    scatter(plan, spectrum, plan.outputAt + (<usize> frame * plan.nMels << 2));
  }
  const first = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
  return max(first, max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)));
}

/** Four windows into the lanes of the first scratch: mean and pre-emphasis taken off, weighted, zeros around. */
function gather(plan: Plan, p0: usize, p1: usize, p2: usize, p3: usize): void {
  const n = plan.winLength;
  const start = plan.spectrumAt + (<usize> plan.margin << 4);
  const end = start + (<usize> n << 4);
  const plain = plan.removeDc == 0 && plan.preEmphasis == 0;
  if (n != plan.nFft) {
    memory.fill(plan.spectrumAt, 0, start - plan.spectrumAt);
    memory.fill(end, 0, plan.spectrumAt + (<usize> plan.nFft << 4) - end);
  }
  let to = start;
  let weight = plan.windowAt;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const a = v128.load(p0), b = v128.load(p1), c = v128.load(p2), d = v128.load(p3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    let x0 = v128.shuffle<f64>(ab, cd, 0, 2), x1 = v128.shuffle<f64>(ab, cd, 1, 3);
    let x2 = v128.shuffle<f64>(abHigh, cdHigh, 0, 2), x3 = v128.shuffle<f64>(abHigh, cdHigh, 1, 3);
    if (plain) {
      x0 = f32x4.mul(x0, v128.load_splat<f32>(weight));
      x1 = f32x4.mul(x1, v128.load_splat<f32>(weight, 4));
      x2 = f32x4.mul(x2, v128.load_splat<f32>(weight, 8));
      x3 = f32x4.mul(x3, v128.load_splat<f32>(weight, 12));
    }
    v128.store(to, x0);
    v128.store(to, x1, 16);
    v128.store(to, x2, 32);
    v128.store(to, x3, 48);
    p0 += 16, p1 += 16, p2 += 16, p3 += 16, to += 64, weight += 16;
  }
  for (; i < n; i++) {
    let x = f32x4.splat(load<f32>(p0));
    x = f32x4.replace_lane(x, 1, load<f32>(p1));
    x = f32x4.replace_lane(x, 2, load<f32>(p2));
    x = f32x4.replace_lane(x, 3, load<f32>(p3));
    if (plain) x = f32x4.mul(x, v128.load_splat<f32>(weight));
    v128.store(to, x);
    p0 += 4, p1 += 4, p2 += 4, p3 += 4, to += 16, weight += 4;
  }
  if (!plain) shape(plan, start, end);
}

/** Kaldi's order: mean off, pre-emphasis with the first sample repeated, window. */
function shape(plan: Plan, start: usize, end: usize): void {
  if (plan.removeDc) {
    let sum = f32x4.splat(0);
    for (let at = start; at < end; at += 16) sum = f32x4.add(sum, v128.load(at));
    const mean = f32x4.div(sum, f32x4.splat(<f32> plan.winLength));
    for (let at = start; at < end; at += 16) v128.store(at, f32x4.sub(v128.load(at), mean));
  }
  const emphasis = f32x4.splat(plan.preEmphasis);
  let before = v128.load(start);
  let weight = plan.windowAt;
  for (let at = start; at < end; at += 16) {
    const here = v128.load(at);
    const sharp = f32x4.sub(here, f32x4.mul(emphasis, before));
    v128.store(at, f32x4.mul(sharp, v128.load_splat<f32>(weight)));
    before = here;
    weight += 4;
  }
}

/** Stockham's self-sorting transform of nFft / 2 complex points, 32 bytes each; returns the scratch that it ends in. */
function transform(plan: Plan): usize {
  let from = plan.spectrumAt, to = plan.spareAt, twiddle = plan.twiddlesAt;
  let stride: usize = 1;
  const n = <usize> plan.nFft >> 1;
  for (let pass = 0; pass < plan.passes; pass++) {
    const radix = load<i32>(plan.radicesAt + (<usize> pass << 2));
    const rest = n / (stride * radix);
    if (radix == 4) pass4(rest, stride, twiddle, from, to);
    else if (radix == 2) pass2(rest, stride, twiddle, from, to);
    else if (radix == 3) pass3(rest, stride, twiddle, from, to);
    else pass5(rest, stride, twiddle, from, to);
    twiddle += rest * (radix - 1) << 3;
    stride *= radix;
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

function pass4(rest: usize, stride: usize, w: usize, from: usize, to: usize): void {
  const apart = rest * stride << 5, beside = stride << 5;
  for (let k: usize = 0; k < rest; k++) {
    const c1 = v128.load_splat<f32>(w), s1 = v128.load_splat<f32>(w, 4);
    const c2 = v128.load_splat<f32>(w, 8), s2 = v128.load_splat<f32>(w, 12);
    const c3 = v128.load_splat<f32>(w, 16), s3 = v128.load_splat<f32>(w, 20);
    w += 24;
    for (let q: usize = 0; q < stride; q++) {
      const x1 = from + apart, x2 = x1 + apart, x3 = x2 + apart;
      const ar = v128.load(from), ai = v128.load(from, 16), br = v128.load(x1), bi = v128.load(x1, 16);
      const cr = v128.load(x2), ci = v128.load(x2, 16), dr = v128.load(x3), di = v128.load(x3, 16);
      const t0r = f32x4.add(ar, cr), t0i = f32x4.add(ai, ci), t1r = f32x4.sub(ar, cr), t1i = f32x4.sub(ai, ci);
      const t2r = f32x4.add(br, dr), t2i = f32x4.add(bi, di), t3r = f32x4.sub(bi, di), t3i = f32x4.sub(dr, br);
      v128.store(to, f32x4.add(t0r, t2r));
      v128.store(to, f32x4.add(t0i, t2i), 16);
      turn(to + beside, f32x4.add(t1r, t3r), f32x4.add(t1i, t3i), c1, s1);
      turn(to + 2 * beside, f32x4.sub(t0r, t2r), f32x4.sub(t0i, t2i), c2, s2);
      turn(to + 3 * beside, f32x4.sub(t1r, t3r), f32x4.sub(t1i, t3i), c3, s3);
      from += 32, to += 32;
    }
    to += 3 * beside;
  }
}

function pass2(rest: usize, stride: usize, w: usize, from: usize, to: usize): void {
  const apart = rest * stride << 5, beside = stride << 5;
  for (let k: usize = 0; k < rest; k++) {
    const c1 = v128.load_splat<f32>(w), s1 = v128.load_splat<f32>(w, 4);
    w += 8;
    for (let q: usize = 0; q < stride; q++) {
      const x1 = from + apart;
      const ar = v128.load(from), ai = v128.load(from, 16), br = v128.load(x1), bi = v128.load(x1, 16);
      v128.store(to, f32x4.add(ar, br));
      v128.store(to, f32x4.add(ai, bi), 16);
      turn(to + beside, f32x4.sub(ar, br), f32x4.sub(ai, bi), c1, s1);
      from += 32, to += 32;
    }
    to += beside;
  }
}

function pass3(rest: usize, stride: usize, w: usize, from: usize, to: usize): void {
  const apart = rest * stride << 5, beside = stride << 5;
  const half = f32x4.splat(0.5), side = f32x4.splat(0.8660254037844386); // sin(2 pi / 3)
  for (let k: usize = 0; k < rest; k++) {
    const c1 = v128.load_splat<f32>(w), s1 = v128.load_splat<f32>(w, 4);
    const c2 = v128.load_splat<f32>(w, 8), s2 = v128.load_splat<f32>(w, 12);
    w += 16;
    for (let q: usize = 0; q < stride; q++) {
      const x1 = from + apart, x2 = x1 + apart;
      const ar = v128.load(from), ai = v128.load(from, 16), br = v128.load(x1), bi = v128.load(x1, 16);
      const cr = v128.load(x2), ci = v128.load(x2, 16);
      const sumR = f32x4.add(br, cr), sumI = f32x4.add(bi, ci);
      const midR = f32x4.sub(ar, f32x4.mul(half, sumR)), midI = f32x4.sub(ai, f32x4.mul(half, sumI));
      const offR = f32x4.mul(side, f32x4.sub(bi, ci)), offI = f32x4.mul(side, f32x4.sub(cr, br));
      v128.store(to, f32x4.add(ar, sumR));
      v128.store(to, f32x4.add(ai, sumI), 16);
      turn(to + beside, f32x4.add(midR, offR), f32x4.add(midI, offI), c1, s1);
      turn(to + 2 * beside, f32x4.sub(midR, offR), f32x4.sub(midI, offI), c2, s2);
      from += 32, to += 32;
    }
    to += 2 * beside;
  }
}

function pass5(rest: usize, stride: usize, w: usize, from: usize, to: usize): void {
  const apart = rest * stride << 5, beside = stride << 5;
  const cosA = f32x4.splat(0.30901699437494745), sinA = f32x4.splat(0.9510565162951535); // of 2 pi / 5
  const cosB = f32x4.splat(-0.8090169943749475), sinB = f32x4.splat(0.5877852522924731); // of 4 pi / 5
  for (let k: usize = 0; k < rest; k++) {
    for (let q: usize = 0; q < stride; q++) {
      const x1 = from + apart, x2 = x1 + apart, x3 = x2 + apart, x4 = x3 + apart;
      const ar = v128.load(from), ai = v128.load(from, 16);
      const br = v128.load(x1), bi = v128.load(x1, 16), er = v128.load(x4), ei = v128.load(x4, 16);
      const cr = v128.load(x2), ci = v128.load(x2, 16), dr = v128.load(x3), di = v128.load(x3, 16);
      const beR = f32x4.add(br, er), beI = f32x4.add(bi, ei), cdR = f32x4.add(cr, dr), cdI = f32x4.add(ci, di);
      const befR = f32x4.sub(br, er), befI = f32x4.sub(bi, ei), cdfR = f32x4.sub(cr, dr), cdfI = f32x4.sub(ci, di);
      const m1R = f32x4.add(ar, f32x4.add(f32x4.mul(cosA, beR), f32x4.mul(cosB, cdR)));
      const m1I = f32x4.add(ai, f32x4.add(f32x4.mul(cosA, beI), f32x4.mul(cosB, cdI)));
      const m2R = f32x4.add(ar, f32x4.add(f32x4.mul(cosB, beR), f32x4.mul(cosA, cdR)));
      const m2I = f32x4.add(ai, f32x4.add(f32x4.mul(cosB, beI), f32x4.mul(cosA, cdI)));
      // -i times the sine parts
      const n1R = f32x4.add(f32x4.mul(sinA, befI), f32x4.mul(sinB, cdfI));
      const n1I = f32x4.neg(f32x4.add(f32x4.mul(sinA, befR), f32x4.mul(sinB, cdfR)));
      const n2R = f32x4.sub(f32x4.mul(sinB, befI), f32x4.mul(sinA, cdfI));
      const n2I = f32x4.sub(f32x4.mul(sinA, cdfR), f32x4.mul(sinB, befR));
      v128.store(to, f32x4.add(ar, f32x4.add(beR, cdR)));
      v128.store(to, f32x4.add(ai, f32x4.add(beI, cdI)), 16);
      const y1 = to + beside, y2 = y1 + beside, y3 = y2 + beside, y4 = y3 + beside;
      turn(y1, f32x4.add(m1R, n1R), f32x4.add(m1I, n1I), v128.load_splat<f32>(w), v128.load_splat<f32>(w, 4));
      turn(y2, f32x4.add(m2R, n2R), f32x4.add(m2I, n2I), v128.load_splat<f32>(w, 8), v128.load_splat<f32>(w, 12));
      turn(y3, f32x4.sub(m2R, n2R), f32x4.sub(m2I, n2I), v128.load_splat<f32>(w, 16), v128.load_splat<f32>(w, 20));
      turn(y4, f32x4.sub(m1R, n1R), f32x4.sub(m1I, n1I), v128.load_splat<f32>(w, 24), v128.load_splat<f32>(w, 28));
      from += 32, to += 32;
    }
    w += 32;
    to += 4 * beside;
  }
}

/** Stores (re + i im) (cos + i sin). */
@inline
function turn(to: usize, re: v128, im: v128, cos: v128, sin: v128): void {
  v128.store(to, f32x4.sub(f32x4.mul(re, cos), f32x4.mul(im, sin)));
  v128.store(to, f32x4.add(f32x4.mul(re, sin), f32x4.mul(im, cos)), 16);
}

/** From the transform of even samples + i odd samples to the power (or magnitude) of each bin, v128 [nFft / 2 + 1]. */
function powers(plan: Plan, spectrum: usize, power: usize): void {
  const n = <usize> plan.nFft >> 1;
  const half = f32x4.splat(0.5);
  const re0 = v128.load(spectrum), im0 = v128.load(spectrum, 16);
  const low = f32x4.add(re0, im0), high = f32x4.sub(re0, im0);
  v128.store(power, f32x4.mul(low, low));
  v128.store(power + (n << 4), f32x4.mul(high, high));
  let turns = plan.turnsAt + 8;
  for (let k: usize = 1; k <= n >> 1; k++) {
    const here = spectrum + (k << 5), mirror = spectrum + (n - k << 5);
    const a = v128.load(here), b = v128.load(here, 16), c = v128.load(mirror), d = v128.load(mirror, 16);
    const evenRe = f32x4.mul(half, f32x4.add(a, c)), evenIm = f32x4.mul(half, f32x4.sub(b, d));
    const oddRe = f32x4.mul(half, f32x4.add(b, d)), oddIm = f32x4.mul(half, f32x4.sub(c, a));
    const cos = v128.load_splat<f32>(turns), sin = v128.load_splat<f32>(turns, 4);
    turns += 8;
    const re = f32x4.add(f32x4.mul(oddRe, cos), f32x4.mul(oddIm, sin));
    const im = f32x4.sub(f32x4.mul(oddIm, cos), f32x4.mul(oddRe, sin));
    v128.store(power + (k << 4), square(f32x4.add(evenRe, re), f32x4.add(evenIm, im)));
    v128.store(power + (n - k << 4), square(f32x4.sub(evenRe, re), f32x4.sub(evenIm, im)));
  }
  if (plan.magnitude) {
    for (let k: usize = 0; k <= n; k++) v128.store(power + (k << 4), f32x4.sqrt(v128.load(power + (k << 4))));
  }
}

@inline
function square(re: v128, im: v128): v128 {
  return f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
}

/** Levels of the bands, v128 [nMels], logarithm taken; returns the largest before it. */
function bands(plan: Plan, power: usize, levels: usize): v128 {
  let weight = plan.weightsAt;
  let largest = f32x4.splat(0);
  const offset = f32x4.splat(plan.offset), floor = f32x4.splat(plan.floor), scale = f32x4.splat(plan.scale);
  for (let band = 0; band < plan.nMels; band++) {
    const reach = plan.bandsAt + (<usize> band << 3);
    let bin = power + (<usize> load<i32>(reach) << 4);
    const count = load<i32>(reach, 4);
    let sum = f32x4.splat(0), other = f32x4.splat(0);
    let i = 0;
    for (; i + 2 <= count; i += 2) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(bin), v128.load_splat<f32>(weight)));
      other = f32x4.add(other, f32x4.mul(v128.load(bin, 16), v128.load_splat<f32>(weight, 4)));
      bin += 32, weight += 8;
    }
    if (i < count) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(bin), v128.load_splat<f32>(weight)));
      weight += 4;
    }
    sum = f32x4.add(sum, other);
    largest = f32x4.max(largest, sum);
    if (plan.log) sum = f32x4.mul(scale, ln(f32x4.max(f32x4.add(sum, offset), floor)));
    v128.store(levels + (<usize> band << 4), sum);
  }
  return largest;
}

/** Natural logarithm of positive normal numbers: Cephes' logf (Moshier), error below 1e-7. */
function ln(x: v128): v128 {
  const one = f32x4.splat(1);
  let exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(m, f32x4.splat(0.707106781186547524));
  exponent = f32x4.sub(exponent, v128.and(one, small));
  m = f32x4.add(f32x4.sub(m, one), v128.and(m, small));
  const z = f32x4.mul(m, m);
  let y = f32x4.splat(7.0376836292e-2);
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-1.1514610310e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(1.1676998740e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-1.2420140846e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(1.4249322787e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-1.6668057665e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(2.0000714765e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-2.4999993993e-1));
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(3.3333331174e-1));
  y = f32x4.mul(f32x4.mul(y, m), z);
  y = f32x4.add(y, f32x4.mul(exponent, f32x4.splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(f32x4.splat(0.5), z));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(exponent, f32x4.splat(0.693359375)));
}

/** v128 [nMels], four frames beside each other, to four rows of f32 [nMels]. */
function scatter(plan: Plan, levels: usize, row0: usize): void {
  const n = plan.nMels;
  const row1 = row0 + (<usize> n << 2), row2 = row1 + (<usize> n << 2), row3 = row2 + (<usize> n << 2);
  let band = 0;
  for (; band + 4 <= n; band += 4) {
    const at = levels + (<usize> band << 4), to = <usize> band << 2;
    const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(row0 + to, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(row1 + to, v128.shuffle<f64>(ab, cd, 1, 3));
    v128.store(row2 + to, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
    v128.store(row3 + to, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
  }
  for (; band < n; band++) {
    const at = levels + (<usize> band << 4), to = <usize> band << 2;
    const level = v128.load(at);
    store<f32>(row0 + to, f32x4.extract_lane(level, 0));
    store<f32>(row1 + to, f32x4.extract_lane(level, 1));
    store<f32>(row2 + to, f32x4.extract_lane(level, 2));
    store<f32>(row3 + to, f32x4.extract_lane(level, 3));
  }
}
