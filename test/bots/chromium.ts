import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** Debian's place; another is named by `CHROMIUM`. */
const PATHS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export interface ChromiumSize {
  readonly width: number;
  readonly height: number;
}

/** A page of a real browser, closed afterwards. What the page itself complains about fails the caller. */
export async function withChromium<T>(
  work: (page: Page, browser: Browser) => Promise<T>,
  size: ChromiumSize = { width: 1400, height: 950 },
): Promise<T> {
  const executablePath = PATHS.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      `No Chromium found (looked at ${PATHS.filter(Boolean).join(", ")}). Install Debian's package "chromium", or name one in CHROMIUM.`,
    );
  }
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--force-color-profile=srgb"] });
  try {
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1 });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    const result = await work(page, browser);
    if (complaints.length > 0) throw new Error(`The page complains: ${complaints.join("; ")}`);
    return result;
  } finally {
    await browser.close();
  }
}
