/**
 * TensorFlow.js, with a backend to make tensors on. Loading it takes a moment: only what trains or predicts does.
 *
 * Its `cpu` backend advises at its first use to install tfjs-node; that is left out, for the `ort` engine is faster.
 */
export async function loadTfjs(): Promise<typeof import("@tensorflow/tfjs")> {
  const tf = await import("@tensorflow/tfjs");
  if (tf.getBackend() === undefined) await tf.setBackend("cpu");
  const cpu = tf.findBackend("cpu") as unknown as { firstUse: boolean };
  cpu.firstUse = false;
  return tf;
}
