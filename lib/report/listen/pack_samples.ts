// Runs in a page as well.

/**
 * Samples of 16 bits as text, without loss: the second differences of body sounds are small, so their upper bytes are
 * nearly all zero, and deflate takes what is left to a third or a half.
 */
export async function packSamples(samples: Int16Array): Promise<string> {
  const n = samples.length, planes = new Uint8Array(2 * n);
  for (let i = 0, before = 0, last = 0; i < n; i++) {
    const difference = (samples[i] - 2 * last + before) << 16 >> 16;
    const folded = difference << 1 ^ difference >> 15; // small numbers of either sign become small ones without
    [before, last] = [last, samples[i]];
    planes[i] = folded;
    planes[n + i] = folded >> 8;
  }
  return (await through(planes, new CompressionStream("deflate-raw"))).toBase64();
}

/** What {@linkcode packSamples} packed. */
export async function unpackSamples(packed: string): Promise<Int16Array> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const planes = await through(bytes, new DecompressionStream("deflate-raw"));
  const n = planes.length / 2, samples = new Int16Array(n);
  for (let i = 0, before = 0, last = 0; i < n; i++) {
    const folded = planes[i] | planes[n + i] << 8;
    const difference = folded >> 1 ^ -(folded & 1);
    samples[i] = difference + 2 * last - before;
    [before, last] = [last, samples[i]];
  }
  return samples;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
