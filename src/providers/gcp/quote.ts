/** A text as a string literal of the filter languages of Cloud Monitoring and Cloud Logging. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
}
