import { clipLine, codeText, oneLine, visible } from "./harmless-text.ts";

/** What of Adaptive Cards 1.5 is used: https://adaptivecards.io/explorer */
export interface Card {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.5";
  readonly body: readonly CardElement[];
  readonly msteams: { readonly width: "Full" };
}

export type CardElement = TextElement | ContainerElement | TableElement | ImageElement | InputElement | ActionsElement;

interface TextRun {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Small" | "Medium";
  readonly isSubtle?: true;
  readonly color?: "Good" | "Warning" | "Attention";
  readonly fontType?: "Monospace";
  readonly selectAction?: { readonly type: "Action.OpenUrl"; readonly url: string };
}

interface TextElement {
  readonly type: "RichTextBlock";
  readonly inlines: readonly TextRun[];
  readonly spacing?: "None" | "Small";
}

interface ContainerElement {
  readonly type: "Container";
  readonly id?: string;
  readonly isVisible?: boolean;
  readonly style?: "emphasis" | "warning";
  readonly items: readonly CardElement[];
}

interface TableElement {
  readonly type: "Table";
  readonly firstRowAsHeader: true;
  readonly columns: readonly { readonly width: number }[];
  readonly rows: readonly TableRowElement[];
}

interface TableRowElement {
  readonly type: "TableRow";
  readonly cells: readonly { readonly type: "TableCell"; readonly items: readonly TextElement[] }[];
}

interface ImageElement {
  readonly type: "Image";
  readonly url: string;
  readonly altText: string;
}

interface InputElement {
  readonly type: "Input.Text";
  readonly id: string;
  readonly isMultiline: true;
  readonly maxLength: number;
  readonly placeholder: string;
  readonly label: string;
}

interface ActionsElement {
  readonly type: "ActionSet";
  readonly actions: readonly CardAction[];
}

export type CardAction =
  | {
      readonly type: "Action.Execute";
      readonly title: string;
      readonly verb: string;
      /** Ids only. */
      readonly data: Readonly<Record<string, string | number>>;
      readonly style?: "positive" | "destructive";
      readonly associatedInputs?: "none" | "auto";
    }
  | { readonly type: "Action.ToggleVisibility"; readonly title: string; readonly targetElements: readonly string[] };

export function card(body: readonly CardElement[]): Card {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    body,
    msteams: { width: "Full" },
  };
}

type Look = Omit<TextRun, "type" | "text">;

/**
 * Text that is shown as it stands. `TextBlock` and `FactSet` read markdown; the runs of a `RichTextBlock` do not:
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features. An empty run is not rendered, so it becomes a dash.
 */
export function line(text: string, look: Look = {}, spacing?: "None" | "Small"): TextElement {
  return { type: "RichTextBlock", inlines: [run(oneLine(text), look)], ...(spacing === undefined ? {} : { spacing }) };
}

/** Lines stay lines. */
export function paragraph(text: string, look: Look = {}): TextElement {
  return { type: "RichTextBlock", inlines: [run(visible(text), look)] };
}

export function code(text: string): TextElement {
  return { type: "RichTextBlock", inlines: [run(codeText(text), { fontType: "Monospace", size: "Small" })] };
}

/** A label and what it says, in one line of text. */
export function fact(label: string, text: string): TextElement {
  return { type: "RichTextBlock", inlines: [run(`${label}: `, { weight: "Bolder" }), run(visible(text))], spacing: "Small" };
}

function run(text: string, look: Look = {}): TextRun {
  return { type: "TextRun", text: text === "" ? "–" : text, ...look };
}

export function container(
  items: readonly CardElement[],
  options: { readonly id?: string; readonly isVisible?: boolean; readonly style?: "emphasis" | "warning" } = {},
): ContainerElement {
  return { type: "Container", ...options, items };
}

export function actions(...each: readonly CardAction[]): ActionsElement {
  return { type: "ActionSet", actions: each };
}

/** Cells beyond this are shortened; the CSV has them whole. */
const MAX_CELL_LENGTH = 120;

export interface TableCellText {
  readonly text: string;
  /** Opened by a click on the text. */
  readonly link?: string | null;
}

export function tableRow(cells: readonly TableCellText[], look: Look = {}): TableRowElement {
  return {
    type: "TableRow",
    cells: cells.map(({ text, link }) => {
      const opens: Look = link && /^https:\/\//.test(link) ? { selectAction: { type: "Action.OpenUrl", url: link } } : {};
      const shown = clipLine(text, MAX_CELL_LENGTH);
      return { type: "TableCell", items: [{ type: "RichTextBlock", inlines: [run(shown, { ...look, ...opens })] }] };
    }),
  };
}

/** `widths`: shares of the width, by column. */
export function table(titles: readonly string[], widths: readonly number[], rows: readonly (readonly TableCellText[])[]): TableElement {
  return {
    type: "Table",
    firstRowAsHeader: true,
    columns: widths.map((width) => ({ width })),
    rows: [
      tableRow(
        titles.map((text) => ({ text })),
        { weight: "Bolder" },
      ),
      ...rows.map((row) => tableRow(row)),
    ],
  };
}
