import { ConfigurationError, formatValue, type RunDocument, type Unit } from "nephoscope";
import type { CellContext } from "./cell-text.ts";
import { type BarChart, chartData, type LineChart } from "./chart-data.ts";
import { CHART_FONT, loadChartPackages } from "./chart-packages.ts";
import { shortenText } from "./text-width.ts";

const WIDTH = 1600;
const HEIGHT = 900;
/** Told apart also with weak colour vision: after Paul Tol's bright and muted schemes. */
const COLOURS = [
  "#4477aa",
  "#ee6677",
  "#228833",
  "#ccbb44",
  "#66ccee",
  "#aa3377",
  "#999933",
  "#882255",
  "#44aa99",
  "#ee7733",
  "#332288",
  "#777777",
];
const INK = "#222222";
const PALE = "#dddddd";
const LONGEST_LABEL = 34;

/** A picture of the answer as PNG, 1600 × 900 by `scale`: a smaller one has everything smaller. Throws when there is nothing to draw, and for a package that is missing. */
export async function chartPng(document: RunDocument, context: CellContext, scale = 1): Promise<Uint8Array> {
  const data = chartData(document, context);
  if (data === undefined) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: "The answer has no numbers to draw.", zh: "结果中没有可画的数值。" },
    });
  }
  const packages = await loadChartPackages();
  const { Chart } = packages;
  Chart.register(
    packages.LineController,
    packages.LineElement,
    packages.PointElement,
    packages.BarController,
    packages.BarElement,
    packages.LinearScale,
    packages.CategoryScale,
    packages.Title,
    packages.SubTitle,
    packages.Legend,
  );
  const canvas = packages.createCanvas(WIDTH, HEIGHT);
  const specific = data.type === "line" ? lineChart(data, context) : barChart(data);
  // The canvas has all that the renderer uses of a browser's.
  const chart = new Chart(
    canvas as never,
    {
      ...specific,
      options: {
        ...specific.options,
        responsive: false,
        animation: false,
        devicePixelRatio: scale,
        font: font(20),
        color: INK,
        layout: { padding: { left: 24, right: 48, top: 16, bottom: 20 } },
        plugins: {
          title: { display: true, text: shortenText(data.title, 110), font: font(30, "bold"), color: INK, padding: { top: 8, bottom: 8 } },
          subtitle: { display: data.subtitle !== "", text: data.subtitle, font: font(20), color: "#555555", padding: { bottom: 20 } },
          legend: {
            display: data.type === "line",
            position: "bottom",
            labels: { font: font(18), color: INK, boxWidth: 28, boxHeight: 4, padding: 18 },
          },
        },
      },
      plugins: [
        {
          id: "paper",
          beforeDraw: ({ ctx }) => {
            ctx.fillStyle = "#ffffff";
            ctx.fillRect(0, 0, WIDTH, HEIGHT);
          },
        },
      ],
    } as ConstructorParameters<typeof Chart>[1],
  );
  const png = canvas.toBuffer("image/png");
  chart.destroy();
  return png;
}

function lineChart(data: LineChart, { language, timezone }: CellContext) {
  const times = data.lines.flatMap((line) => line.points.map(([timestampMs]) => timestampMs));
  const first = times.reduce((low, time) => Math.min(low, time), Number.POSITIVE_INFINITY);
  const last = times.reduce((high, time) => Math.max(high, time), Number.NEGATIVE_INFINITY);
  const long = last - first >= 86_400_000;
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    ...(long ? { month: "2-digit", day: "2-digit" } : {}),
  });
  const few = last - first <= 60 * 60_000;
  return {
    type: "line",
    data: {
      datasets: data.lines.map((line, index) => ({
        label: shortenText(line.label, LONGEST_LABEL),
        data: line.points.map(([x, y]) => ({ x, y })),
        borderColor: COLOURS[index % COLOURS.length],
        backgroundColor: COLOURS[index % COLOURS.length],
        borderWidth: 3,
        pointRadius: few ? 4 : 0,
      })),
    },
    options: {
      scales: {
        x: {
          type: "linear",
          min: first,
          max: last,
          title: { display: true, text: `${language === "zh" ? "时间" : "time"} (${timezone})`, font: font(18), color: INK },
          ticks: {
            font: font(18),
            color: INK,
            stepSize: timeStepMs(last - first),
            callback: (value: number) => clock.format(value),
            maxRotation: 0,
          },
          grid: { color: PALE },
        },
        y: valueAxis(data.valueTitle, data.unit),
      },
    },
  };
}

function barChart(data: BarChart) {
  return {
    type: "bar",
    data: {
      labels: data.bars.map((bar) => shortenText(bar.label, LONGEST_LABEL)),
      datasets: [{ data: data.bars.map((bar) => bar.value), backgroundColor: COLOURS[0], maxBarThickness: 48 }],
    },
    options: {
      indexAxis: "y",
      scales: {
        y: { ticks: { font: font(data.bars.length > 16 ? 16 : 20), color: INK, autoSkip: false }, grid: { display: false } },
        x: valueAxis(data.valueTitle, data.unit),
      },
    },
  };
}

function valueAxis(title: string, unit: Unit | null) {
  return {
    beginAtZero: true,
    ...(unit === "percent" ? { suggestedMax: 100 } : {}),
    title: { display: true, text: title, font: font(20), color: INK },
    ticks: {
      font: font(18),
      color: INK,
      // The unit of percentages stands in the title.
      callback: (value: number) => (unit === "percent" ? String(value) : formatValue(value, unit ?? undefined)),
    },
    grid: { color: PALE },
  };
}

function font(size: number, weight: "normal" | "bold" = "normal") {
  return { family: CHART_FONT, size, weight };
}

/** So many milliseconds that about ten marks share the axis, at full minutes, hours or days. */
function timeStepMs(spanMs: number): number {
  const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];
  const step = minutes.find((minute) => spanMs / (minute * 60_000) <= 10) ?? Math.ceil(spanMs / 10 / 86_400_000) * 1440;
  return step * 60_000;
}
