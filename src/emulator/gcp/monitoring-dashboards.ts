import type { GcpDashboard, GcpWidget } from "./dashboard-data.ts";
import { ALIGNERS, enumValue } from "./enumerations.ts";
import { listPage } from "./list-page.ts";
import { fingerprintOf } from "./native-names.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

/** "If unspecified, a default of 1000 is used" (API reference, `projects.dashboards.list`). */
const DEFAULT_PAGE = 1_000;
const FORMATS = { MARKDOWN: 1 } as const;
const PLOT_TYPES = { LINE: 1 } as const;
const AXES = { Y1: 1 } as const;
const SCALES = { LINEAR: 1 } as const;
const MODES = { COLOR: 1 } as const;
const TILE = { width: 24, height: 16 } as const;

/** `ListDashboards`. */
export function listDashboards(dashboards: readonly GcpDashboard[], request: GoogleRequest): GoogleReply {
  const found = dashboards.filter(({ account }) => account === request.project);
  const { items, rest } = listPage(found, request, { defaultSize: DEFAULT_PAGE, largestSize: DEFAULT_PAGE, binding: [] });
  return {
    ...(items.length > 0 ? { dashboards: items.map((dashboard) => dashboardShape(dashboard, request.numericEnums)) } : {}),
    ...rest,
  };
}

/** The `Dashboard` of the vendor's discovery document. Zeros are left out, as the JSON mapping of Protocol Buffers has it. */
function dashboardShape(
  { key, name, displayName, account, widgets, labels }: GcpDashboard,
  numeric: boolean,
): Readonly<Record<string, unknown>> {
  return {
    name,
    displayName,
    etag: fingerprintOf(key, "etag"),
    mosaicLayout: {
      columns: 48,
      tiles: widgets.map((widget, index) => ({
        ...(index === 0 ? {} : { xPos: TILE.width * index }),
        ...TILE,
        widget: widgetShape(widget, account, numeric),
      })),
    },
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  };
}

function widgetShape(widget: GcpWidget, project: string, numeric: boolean): Readonly<Record<string, unknown>> {
  const { title } = widget;
  switch (widget.kind) {
    case "text":
      return { title, text: { content: widget.content, format: enumValue(FORMATS, "MARKDOWN", numeric) } };
    case "logs":
      return { title, logsPanel: { filter: widget.filter, resourceNames: [`projects/${project}`] } };
    case "chart": {
      const timeSeriesFilter = {
        filter: widget.filter,
        aggregation: { alignmentPeriod: "60s", perSeriesAligner: enumValue(ALIGNERS, "ALIGN_MEAN", numeric) },
      };
      return {
        title,
        xyChart: {
          dataSets: [
            {
              timeSeriesQuery: { timeSeriesFilter },
              plotType: enumValue(PLOT_TYPES, "LINE", numeric),
              targetAxis: enumValue(AXES, "Y1", numeric),
              minAlignmentPeriod: "60s",
            },
          ],
          yAxis: { label: "y1Axis", scale: enumValue(SCALES, "LINEAR", numeric) },
          chartOptions: { mode: enumValue(MODES, "COLOR", numeric) },
        },
      };
    }
  }
}
