/** Says once more, last and in a few lines, what failed: what was printed before may be long. */
import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const ERRORS_MAX = 3;
const LINES_MAX = 6;

export default class Failures implements Reporter {
  private readonly said: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === "passed" || result.status === "skipped") return;
    this.said.push(`${test.title}, ${result.status} after ${result.duration} ms at ${result.startTime.toISOString()}`);
    for (const error of result.errors.slice(0, ERRORS_MAX)) {
      // Colours are for a terminal.
      const plain = (error.message ?? error.value ?? "").replace(/\u001b\[[0-9;]*m/g, "");
      const lines = plain.split("\n").filter((line) => line.trim() !== "");
      this.said.push(...lines.slice(0, LINES_MAX).map((line) => `    ${line.slice(0, 200)}`));
    }
  }

  onEnd(_: FullResult): void {
    if (this.said.length > 0) console.log(`\n${this.said.join("\n")}`);
  }
}
