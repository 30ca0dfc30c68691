// What a run looks like to people, whatever it is shown on: steps, cells, receipts, approvals, files.

export { accountTitles } from "./account-titles.ts";
export {
  estimateText,
  expiryText,
  leftText,
  type OperationFacts,
  operationFacts,
  originsText,
  placeLines,
  rehearsalLines,
} from "./approval-facts.ts";
export { type CellContext, cellText, headerText, nameOf } from "./cell-text.ts";
export { chartPng } from "./chart.ts";
export { chartData } from "./chart-data.ts";
export { CHART_PACKAGES, checkChartPackages } from "./chart-packages.ts";
export { csvText } from "./csv.ts";
export { type Marks, PLAIN } from "./marks.ts";
export { languageOf } from "./question-language.ts";
export { costLine, costText, type ReceiptContext, receiptLines, receiptSummary, type Verdict, windowLine, windowText } from "./receipt.ts";
export { type StepLine, StepList, type StepState } from "./step-list.ts";
export { foldText, padText, shortenText, textWidth, wrapText } from "./text-width.ts";
export { visibleJson, visibleLines, visibleText } from "./visible-text.ts";
