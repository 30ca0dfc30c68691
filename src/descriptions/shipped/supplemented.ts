import type { DescriptionOrigin, ServiceDescription } from "../../contracts/index.ts";
import { knownService } from "../shared/known-services.ts";
import { parseNotation } from "./notation.ts";
import { ALICLOUD } from "./supplement/alicloud.ts";
import { AWS } from "./supplement/aws.ts";
import { AZURE } from "./supplement/azure.ts";
import { GCP } from "./supplement/gcp.ts";
import { VOLCENGINE } from "./supplement/volcengine.ts";

/** The day on which the index was last reviewed; its date, so that building it again gives the same bytes. */
const REVIEWED = "2026-11-22";
const OWN_NOTES = "nephoscope's own notes of the vendor's reference";

const SUPPLEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  alicloud: ALICLOUD,
  aws: AWS,
  azure: AZURE,
  gcp: GCP,
  volcengine: VOLCENGINE,
};

/** What is installed, with what we ourselves know and no installed package describes. Ordered by service. */
export function supplemented(provider: string, found: readonly ServiceDescription[]): readonly ServiceDescription[] {
  const services = new Map(
    found.map((description) => [description.service, { ...description, origin: originOf(description.origin.source) }]),
  );
  for (const [service, notation] of Object.entries(SUPPLEMENTS[provider] ?? {})) {
    const known = knownService(provider, service);
    if (known === undefined) throw new Error(`No service ${provider}.${service} is known.`);
    const noted = parseNotation(notation, { known, origin: originOf(OWN_NOTES) });
    services.set(service, withNotes(services.get(service), noted));
  }
  return [...services.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}

/** The package's own words stand where both describe an operation. */
function withNotes(packaged: ServiceDescription | undefined, noted: ServiceDescription): ServiceDescription {
  if (packaged === undefined) return noted;
  const names = new Set(packaged.operations.map(({ name }) => name));
  const operations = [...packaged.operations, ...noted.operations.filter(({ name }) => !names.has(name))];
  return {
    ...packaged,
    origin: originOf(`${packaged.origin.source}, ${OWN_NOTES}`),
    operations: operations.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function originOf(source: string): DescriptionOrigin {
  return { kind: "shipped", source, date: REVIEWED };
}
