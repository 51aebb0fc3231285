export function markdownList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** A section of the card; what is no sentence is left out. */
export function section(name: string, sentences: (string | false | null | undefined)[]): string {
  return `## ${name}\n\n${
    markdownList(sentences.filter((sentence) => typeof sentence === "string" && sentence !== "") as string[])
  }`;
}
