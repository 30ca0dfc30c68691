import type { NativeMetric, Provider, Reason, Resource } from "../../contracts/index.ts";

/** Why a resource has no value, where that is nobody's failure. */
export const STOPPED: Reason = {
  code: "stopped",
  text: { en: "stopped: it has no data while it does not run", zh: "已停止：停止期间没有数据" },
};

const NO_POINT: Reason = {
  code: "no-point",
  text: { en: "no point in the window", zh: "窗口内没有数据点" },
};

export const LEFT_OUT: Reason = {
  code: "PROVIDER_REPLY_INVALID",
  text: { en: "the cloud's reply left it out", zh: "云的响应中缺少该资源" },
};

export function isStopped({ state }: Resource): boolean {
  return state === "stopped" || state === "terminated";
}

/** Why a resource that was asked for has no point. */
export function noPoint(resource: Resource, { needs }: NativeMetric): Reason {
  if (isStopped(resource)) return STOPPED;
  return needs === undefined ? NO_POINT : { code: "metric-needs-setup", text: needs };
}

export function unsupported(metric: string, provider: Provider): Reason {
  return {
    code: "metric-unsupported",
    text: { en: `${provider.name.en} has no ${metric} of it`, zh: `${provider.name.zh}没有提供指标 ${metric}` },
  };
}

export function unconfigured(providerId: string): Reason {
  return {
    code: "PROVIDER_UNKNOWN",
    text: { en: `${providerId} is not configured`, zh: `没有配置 ${providerId}` },
  };
}
