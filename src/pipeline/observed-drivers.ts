import type { Model, Observer } from "../contracts/index.ts";
import type { Drivers } from "./run-options.ts";

/** The drivers of one run, whose models' requests are shown to whoever watches. */
export function observedDrivers(drivers: Drivers, runId: string): Drivers {
  const { model, fallbackModel, runtime } = drivers;
  const { observer } = runtime;
  if (observer === undefined) return drivers;
  const observed = (watched: Model | undefined) => watched && observedModel(watched, observer, runId);
  return { ...drivers, model: observed(model), fallbackModel: observed(fallbackModel) };
}

function observedModel(model: Model, observer: Observer, runId: string): Model {
  return {
    contractVersion: model.contractVersion,
    id: model.id,
    complete: (request, signal) => observer.request({ to: "model", runId, model: model.id }, () => model.complete(request, signal)),
  };
}
