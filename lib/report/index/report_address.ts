/** Address of the report in a folder below the index, whatever letters its name has. */
export function reportAddress(folder: string): string {
  return `${folder.split("/").map(encodeURIComponent).join("/")}/report.html`;
}
