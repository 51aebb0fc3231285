/** The frame between the addresses and the content of a Jupyter message. */
export const DELIMITER = Uint8Array.from("<IDS|MSG>", (letter) => letter.charCodeAt(0));

/** Whether a frame is `<IDS|MSG>`. */
export function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === DELIMITER.length && frame.every((byte, i) => byte === DELIMITER[i]);
}
