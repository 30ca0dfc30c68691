// Prints the counts of the last test run from vitest's own report, as the last line of .ci/run.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(new URL("../node_modules/.vitest/report.json", import.meta.url), "utf8"));
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests + report.numTodoTests} skipped`);
process.exitCode = report.success && report.numPassedTests > 0 ? 0 : 1;
