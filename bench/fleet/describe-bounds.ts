import { callsInSequence, type FleetScope, fewestCalls, leastMs, rateBoundMs } from "./bounds.ts";

/** The derivation of the minima for one fleet, as one line. */
export function describeBounds(servers: number, scopes: readonly FleetScope[], latencyMs: number): string {
  const largest = scopes.reduce((most, scope) => (scope.instances > most.instances ? scope : most));
  const sequence = callsInSequence(scopes);
  const rate = rateBoundMs(scopes);
  return [
    `${servers} servers: fewest calls ${fewestCalls(scopes)} = sum over ${scopes.length} scopes of max(1, ceil(n/1000)) + ceil(measurable/500);`,
    `least wall ${leastMs(scopes, latencyMs)} ms = the larger of ${sequence} calls in sequence x ${latencyMs} ms`,
    `(largest scope: ${largest.instances} servers, ${sequence - 1} list pages, then metrics) and the documented rates (${rate} ms).`,
  ].join(" ");
}
