import { randomStream } from "../../random/mod.ts";

/** An earlier signal that may hold the same sound as the present one. */
export interface Candidate {
  a: number; // its index
  lags: number[]; // samples by which it is behind the present one, most votes first
}

/**
 * Entries of a bucket from which on its hash is too common to tell anything: it is passed by. Where recordings are few,
 * more can be afforded.
 */
const common = (recordings: number) => Math.max(64, Math.min(512, Math.round(200_000 / recordings)));

const STEP = 4; // lags are counted in steps of 4 ms
const LAGS = 2; // lags of a pair that are tried

/**
 * Share of the anchors of the one that has fewer which must agree. Of a copy at a correlation of .95 (an angle of 18
 * degrees, nine bits of ten alike) four in ten do, of half a copy two.
 */
const AGREE = 0.08;

const POSITIONS = 2 ** 15; // room for the position in a packed entry: 30 s at 1 kHz

/** How a signal is looked at. */
const VIEWS = [
  // As it is: what correlation is about; the body's low-pass makes many sounds alike in it.
  (signal: Int16Array) => new Float32Array(signal),
  // First differences: the slope of the body's low-pass is about what this takes away.
  (signal: Int16Array) => new Float32Array(signal).map((value, n) => n === 0 ? 0 : value - signal[n - 1]),
];

/**
 * The fingerprint stage: pairs of recordings in which two loud moments or more, at the same distance in both, look
 * alike. Instead of all pairs it looks at those that share hashes.
 *
 * @returns For each signal, the candidates among those before it.
 */
export function* candidatePairs(signals: readonly Int16Array[]): Generator<Candidate[]> {
  const total = signals.reduce((sum, { length }) => sum + ANCHORS_PER_SECOND * length / 1000, 0);
  const bits = Math.max(10, Math.min(20, Math.round(Math.log2(Math.max(1, total / 2)))));
  const most = common(signals.length), directions = projections(bits);
  const newTables = () => Array.from({ length: TABLES }, () => new Map<number, number[]>());
  const views = VIEWS.map((view) => ({ view, tables: newTables(), counts: [] as number[] }));
  for (const [b, signal] of signals.entries()) {
    const found = new Map<number, number[]>();
    for (const { view, tables, counts } of views) {
      const own = anchors(view(signal), directions);
      counts.push(own.at.length);
      const enough = (a: number) => Math.max(2, AGREE * Math.min(counts[a], counts[b]));
      for (const { a, lags } of agreeing(matches(own, { tables, most }), enough)) {
        found.set(a, [...found.get(a) ?? [], ...lags]);
      }
      remember(own, b, { tables, most });
    }
    yield [...found].map(([a, lags]) => ({ a, lags }));
  }
}

/** Packed entries by hash, in each table; and how many of them are too common. */
interface Buckets {
  tables: readonly Map<number, number[]>[];
  most: number;
}

/** One number for each meeting in a bucket, sorted: recording, lag step and anchor, packed in this order. */
function matches({ at, hashes }: Anchors, { tables, most }: Buckets) {
  const met = new Float64Array(hashes.length * most);
  let count = 0;
  for (let place = 0; place < hashes.length; place++) {
    const bucket = tables[place % TABLES].get(hashes[place]), i = Math.floor(place / TABLES);
    if (bucket === undefined || bucket.length >= most) continue;
    for (const entry of bucket) {
      const recording = Math.floor(entry / POSITIONS);
      const lag = Math.round((entry % POSITIONS - at[i] + POSITIONS) / STEP);
      met[count++] = (recording * POSITIONS + lag) * 256 + i % 256;
    }
  }
  return met.subarray(0, count).sort();
}

/** Recordings with enough different anchors at one lag, those on the edge of two steps counted together. */
function* agreeing(met: Float64Array, enough: (a: number) => number): Generator<Candidate> {
  let a = -1;
  let byLag: { lag: number; count: number }[] = [];
  const best = () => {
    const beside = (i: number) => byLag[i + 1]?.lag === byLag[i].lag + 1 ? byLag[i + 1].count : 0;
    const together = byLag.map(({ lag, count }, i) => ({ lag, count: count + beside(i) }));
    return together.filter(({ count }) => count >= enough(a)).sort((x, y) => y.count - x.count).slice(0, LAGS)
      .map(({ lag }) => lag * STEP - POSITIONS);
  };
  for (let i = 0; i <= met.length; i++) {
    if (i > 0 && met[i] === met[i - 1]) continue; // the same anchor, met in another table
    const lagged = Math.floor(met[i] / 256), recording = Math.floor(lagged / POSITIONS);
    if (recording !== a) {
      const lags = a >= 0 && byLag.length > 0 ? best() : [];
      if (lags.length > 0) yield { a, lags };
      a = recording;
      byLag = [];
    }
    const lag = lagged % POSITIONS;
    if (byLag.at(-1)?.lag === lag) byLag.at(-1)!.count++;
    else byLag.push({ lag, count: 1 });
  }
}

function remember({ at, hashes }: Anchors, recording: number, { tables, most }: Buckets) {
  for (let place = 0; place < hashes.length; place++) {
    const table = tables[place % TABLES], bucket = table.get(hashes[place]);
    const entry = recording * POSITIONS + at[Math.floor(place / TABLES)];
    if (bucket === undefined) table.set(hashes[place], [entry]);
    else if (bucket.length < most) bucket.push(entry);
  }
}

/** The loud moments of a recording, and a hash in each table for the waveform around each. */
interface Anchors {
  at: Int32Array; // `[n]`, samples, ascending
  hashes: Int32Array; // `[n, TABLES]`
}

const TABLES = 4; // number of hash tables: two waveforms that correlate meet in one of them at least
const ANCHORS_PER_SECOND = 3; // anchors that are kept, the loudest first, for each second

/** Samples (ms) on either side of an anchor that are hashed, and in which no other anchor may be. */
const REACH = 100, APART = 60;

/** Hann's window around an anchor. */
const TAPER = Array.from(
  { length: 2 * REACH + 1 },
  (_, k) => 0.5 + 0.5 * Math.cos(Math.PI * (k - REACH) / (REACH + 1)),
);

/**
 * The loud moments of a signal. They lie where the sound is loudest, not on a grid, so a copy that was cut elsewhere
 * has the same ones. A hash is the signs of projections on random directions (Charikar 2002, STOC, 380): waveforms at
 * an angle of t agree in a bit with the probability 1 - t / pi.
 */
function anchors(signal: Float32Array, directions: readonly Float32Array[][]): Anchors {
  const at = loudest(signal), hashes = new Int32Array(at.length * TABLES);
  const around = new Float32Array(2 * REACH + 1);
  for (let i = 0; i < at.length; i++) {
    const sign = Math.sign(signal[at[i]]); // a copy may be upside down
    for (let k = -REACH; k <= REACH; k++) {
      around[k + REACH] = sign * TAPER[k + REACH] * (signal[at[i] + k] ?? 0);
    }
    for (let table = 0; table < TABLES; table++) hashes[i * TABLES + table] = hashOf(around, directions[table]);
  }
  return { at, hashes };
}

function hashOf(around: Float32Array, directions: readonly Float32Array[]): number {
  let hash = 0;
  for (const direction of directions) {
    let sum = 0;
    for (let k = 0; k < around.length; k++) sum += around[k] * direction[k];
    hash = 2 * hash + (sum >= 0 ? 1 : 0);
  }
  return hash;
}

/** The samples that are the loudest within 60 ms on either side; of these the loudest, in order of time. */
function loudest(signal: Float32Array): Int32Array {
  const found: number[] = [];
  let top = 0;
  for (let n = 1; n < signal.length; n++) {
    if (Math.abs(signal[n]) > Math.abs(signal[top])) top = n;
    else if (n - top >= APART) {
      if (isLoudest(signal, top)) found.push(top);
      top = n;
    }
  }
  const count = Math.max(6, Math.ceil(ANCHORS_PER_SECOND * signal.length / 1000));
  return Int32Array.from(found.sort((x, y) => Math.abs(signal[y]) - Math.abs(signal[x])).slice(0, count)).sort();
}

/** What follows was looked at on the way; what comes before may hold an earlier peak. */
function isLoudest(signal: Float32Array, at: number): boolean {
  for (let n = Math.max(0, at - APART); n < at; n++) if (Math.abs(signal[n]) > Math.abs(signal[at])) return false;
  return signal[at] !== 0;
}

/** `[TABLES][bits]` random directions, the same in every scan; a hash has at most 24 bits. */
function projections(bits: number): Float32Array[][] {
  const stream = randomStream(0, "near-duplicates");
  const direction = () => Float32Array.from({ length: 2 * REACH + 1 }, () => stream.normal());
  return Array.from({ length: TABLES }, () => Array.from({ length: bits }, direction));
}
