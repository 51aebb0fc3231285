const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** Where a kernel listens, and the key that signs its messages: the content of a Jupyter connection file. */
export type ConnectionInfo =
  & Record<"ip" | "transport" | "key" | "signature_scheme", string>
  & Record<typeof PORTS[number], number>;

/**
 * The connection info in the text of a connection file.
 *
 * @throws {Error} naming the field that is missing or not supported.
 */
export function parseConnectionInfo(text: string): ConnectionInfo {
  const info = JSON.parse(text) as ConnectionInfo;
  for (const port of PORTS) {
    if (!Number.isInteger(info[port])) throw new Error(`Expected ${port} to be a port number but found ${info[port]}.`);
  }
  if (typeof info.ip !== "string" || typeof info.key !== "string") {
    throw new Error("Expected ip and key in the connection file but found none.");
  }
  if (info.transport !== "tcp") throw new Error(`Expected the transport tcp but found ${info.transport}.`);
  if (info.key !== "" && info.signature_scheme !== "hmac-sha256") {
    throw new Error(`Expected the signature scheme hmac-sha256 but found ${info.signature_scheme}.`);
  }
  return info;
}

/**
 * Info with five ports of the loopback that are free now. All five are held at once, so that they differ; they are let
 * go at the end, since the kernel that shall use them opens them itself.
 */
export function freeConnectionInfo(): ConnectionInfo {
  const listeners = PORTS.map(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = listeners.map((listener) => listener.addr.port);
  for (const listener of listeners) listener.close();
  const signed = { key: crypto.randomUUID(), signature_scheme: "hmac-sha256" };
  return { ip: "127.0.0.1", transport: "tcp", ...signed, shell_port, iopub_port, stdin_port, control_port, hb_port };
}
