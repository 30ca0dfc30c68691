import type { DescribedOperation, DescriptionSource, ServiceDescription } from "../contracts/index.ts";

/** Finds the newest description of an operation: the publisher's, else an installed package's, else the one that ships with nephoscope. */
export class SpecDocAgent {
  readonly #sources: readonly DescriptionSource[];

  /** `sources`: the newest first. */
  constructor(options: { readonly sources: readonly DescriptionSource[] }) {
    this.#sources = options.sources;
  }

  /** The same without the network: to fill an index while somebody waits. */
  local(): SpecDocAgent {
    return new SpecDocAgent({ sources: this.#sources.filter(({ kind }) => kind !== "publisher") });
  }

  /** Services of a cloud that any source knows. */
  async services(provider: string): Promise<readonly string[]> {
    const known = await Promise.all(this.#sources.map((source) => source.services(provider)));
    return [...new Set(known.flat())].toSorted();
  }

  /**
   * Descriptions of a service, the newest first: older ones may have what it lacks. `tolerant`: a source that refuses what it found (another
   * host, too large) does not keep the others from answering; who syncs the index is told.
   */
  async describe(
    provider: string,
    service: string,
    signal: AbortSignal,
    { tolerant = false }: { readonly tolerant?: boolean } = {},
  ): Promise<readonly ServiceDescription[]> {
    const descriptions: ServiceDescription[] = [];
    for (const source of this.#sources) {
      try {
        const description = await source.describe(provider, service, signal);
        if (description !== undefined) descriptions.push(description);
      } catch (error) {
        if (!tolerant || signal.aborted) throw error;
      }
    }
    return descriptions;
  }

  /** Operations by their ids (`aws.logs.DescribeMetricFilters`), in that order; those that no source knows are left out. */
  async operations(ids: readonly string[], signal: AbortSignal): Promise<readonly DescribedOperation[]> {
    const services = new Map<string, Promise<readonly ServiceDescription[]>>();
    const found = ids.map(async (id): Promise<DescribedOperation | undefined> => {
      const [provider = "", service = ""] = id.split(".");
      const key = `${provider}.${service}`;
      let descriptions = services.get(key);
      if (descriptions === undefined) {
        descriptions = this.describe(provider, service, signal, { tolerant: true });
        services.set(key, descriptions);
      }
      for (const { operations, origin } of await descriptions) {
        const operation = operations.find((candidate) => candidate.id === id);
        if (operation !== undefined) return { operation, origin };
      }
      return undefined;
    });
    return (await Promise.all(found)).filter((operation) => operation !== undefined);
  }
}
