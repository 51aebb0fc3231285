// The inner loop of lib/audio/polyphase.ts in WebAssembly SIMD (AssemblyScript), 16 taps at a time.
// `deno task build:kernels` compiles it to polyphase_kernel_wasm.ts. All arrays lie where the caller puts them.

/**
 * Output sample by output sample the sum over a window of the input, weighted by the filter of its phase.
 *
 * inputAt: f32; the first window begins here. filtersAt: f32 [up, taps], taps a multiple of 16.
 */
export function filterPhases(
  inputAt: usize,
  filtersAt: usize,
  taps: i32,
  up: i32,
  down: i32,
  phase: i32,
  outputAt: usize,
  count: i32,
): void {
  const step = <usize> (down / up) << 2, rest = down % up, bytes = <usize> taps << 2;
  const end = outputAt + (<usize> count << 2);
  while (outputAt < end) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
    let at = inputAt, filter = filtersAt + <usize> phase * bytes;
    const last = filter + bytes;
    while (filter < last) {
      a = f32x4.add(a, f32x4.mul(v128.load(at), v128.load(filter)));
      b = f32x4.add(b, f32x4.mul(v128.load(at, 16), v128.load(filter, 16)));
      c = f32x4.add(c, f32x4.mul(v128.load(at, 32), v128.load(filter, 32)));
      d = f32x4.add(d, f32x4.mul(v128.load(at, 48), v128.load(filter, 48)));
      at += 64, filter += 64;
    }
    const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    const low = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
    store<f32>(outputAt, low + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)));
    outputAt += 4;
    inputAt += step;
    phase += rest;
    if (phase >= up) {
      phase -= up;
      inputAt += 4;
    }
  }
}
