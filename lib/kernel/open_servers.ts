import type { ZmtpServer } from "./zmtp_server.ts";

/** Opens all servers, or none where one throws, e.g. for a port that is taken. */
export function openServers<Openers extends Record<string, () => ZmtpServer>>(
  openers: Openers,
): { [Name in keyof Openers]: ReturnType<Openers[Name]> } {
  const opened: [string, ZmtpServer][] = [];
  try {
    for (const [name, open] of Object.entries(openers)) opened.push([name, open()]);
  } catch (error) {
    for (const [, server] of opened) server.close();
    throw error;
  }
  return Object.fromEntries(opened) as { [Name in keyof Openers]: ReturnType<Openers[Name]> };
}
