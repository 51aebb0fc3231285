/** Seconds after which a worker that was told to stop ends, done or not: a cluster would kill it soon after. */
const DEADLINE = 9;

/**
 * Aborted when a worker is to stop: by SIGINT or SIGTERM, however often (a terminal and its supervisor may both send
 * one), or when its supervisor is gone, so that no worker is left behind alone.
 *
 * @param supervised Whether standard input ends with the supervisor.
 */
export function workerSignal({ supervised }: { supervised: boolean }): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    // Its trial is then taken over from the last checkpoint, as that of a dead worker.
    Deno.unrefTimer(setTimeout(() => Deno.exit(130), DEADLINE * 1000));
  };
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  if (supervised) untilEnd(Deno.stdin.readable).then(stop);
  return controller.signal;
}

async function untilEnd(stream: ReadableStream<Uint8Array>): Promise<void> {
  try {
    for await (const _ of stream) continue;
  } catch { /* a broken pipe is an end as well */ }
}
