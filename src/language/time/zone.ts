/** A date and time on the wall, in some zone. `month` from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Reads a clock on the wall of an IANA zone, and back. */
export interface ZoneClock {
  wallOf(ms: number): WallTime;
  /** The instant at which the wall shows that time; days and hours may run over. Skipped times give the instant the gap ends at, doubled ones the first. */
  instantOf(wall: WallTime): number;
}

/** Throws `RangeError` when read for a zone that Intl does not know. */
export function zoneClock(zone: string): ZoneClock {
  // Made when first needed: it is what costs most of reading a question.
  let format: Intl.DateTimeFormat | undefined;
  const formatOf = () =>
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  const partsOf = (ms: number) => {
    format ??= formatOf();
    return Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, Number(part.value)]));
  };
  const offsetAt = (ms: number) => {
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = partsOf(ms);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  };
  return {
    wallOf(ms) {
      const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = partsOf(ms);
      return { year, month, day, hour, minute };
    },
    instantOf({ year, month, day, hour, minute }) {
      const local = Date.UTC(year, month - 1, day, hour, minute);
      const offsets = [offsetAt(local - 86_400_000), offsetAt(local + 86_400_000)];
      const candidates = offsets.map((offset) => local - offset).filter((instant) => offsetAt(instant) === local - instant);
      return candidates.length > 0 ? Math.min(...candidates) : local - Math.min(...offsets);
    },
  };
}
