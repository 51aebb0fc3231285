/** A header without case, accents, blanks, marks and what stands in brackets: `patid` of `"Pat-ID [#]"`. */
export function headerKey(header: string): string {
  return header.replaceAll(/\(.*?\)|\[.*?\]/g, "").normalize("NFKD").replaceAll(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}
