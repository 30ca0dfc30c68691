import { fileURLToPath } from "node:url";
import { ConfigurationError } from "nephoscope";

/** Optional: only charts need them. The font is there for machines that have none with Chinese characters. */
export const CHART_PACKAGES = ["chart.js", "@napi-rs/canvas", "@embedpdf/fonts-sc"] as const;

/** The family under which the font is known to the canvas. */
export const CHART_FONT = "Nephoscope Sans";

/** Loads the renderer and its font. Rejects with a sentence that names the package that is missing. */
export async function loadChartPackages(): Promise<typeof import("chart.js") & Pick<typeof import("@napi-rs/canvas"), "createCanvas">> {
  const chart = await optional("chart.js", () => import("chart.js"));
  const canvas = await optional("@napi-rs/canvas", () => import("@napi-rs/canvas"));
  const font = await optional("@embedpdf/fonts-sc", async () => import.meta.resolve("@embedpdf/fonts-sc"));
  for (const weight of ["Regular", "Bold"]) {
    canvas.GlobalFonts.registerFromPath(fileURLToPath(new URL(`../fonts/NotoSansHans-${weight}.otf`, font)), CHART_FONT);
  }
  return { ...chart, createCanvas: canvas.createCanvas };
}

/** Rejects with a sentence that names the package that is missing. */
export async function checkChartPackages(): Promise<void> {
  await loadChartPackages();
}

async function optional<Module>(name: (typeof CHART_PACKAGES)[number], load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new ConfigurationError({
      code: "DEPENDENCY_MISSING",
      message: { en: `Drawing charts needs the package ${name}, which is not installed.`, zh: `绘制图表需要依赖包 ${name}，尚未安装。` },
      hint: { en: `Run: npm install ${CHART_PACKAGES.join(" ")}`, zh: `请执行：npm install ${CHART_PACKAGES.join(" ")}` },
      details: { package: name },
      cause: error,
    });
  }
}
