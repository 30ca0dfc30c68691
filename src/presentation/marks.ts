/** How a text may stand out: colours on a terminal, nothing elsewhere. */
export interface Marks {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
}

const asItIs = (text: string) => text;

export const PLAIN: Marks = { bold: asItIs, dim: asItIs, red: asItIs, yellow: asItIs, green: asItIs };
