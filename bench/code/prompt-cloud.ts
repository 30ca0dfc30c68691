import type { OperationRequest, Provider } from "nephoscope";
import { memory } from "nephoscope/providers/memory";

export const QUESTION = "which EBS volumes are larger than 100 GiB";

/** What a model would write for it. */
export const PROGRAM = `interface Row {
  id: string;
  sizeGib: number | null;
}
/** Volumes larger than 100 GiB. */
async function main(): Promise<Row[]> {
  const { Volumes = [] } = await cloud.call("aws", "ec2", "DescribeVolumes", { MaxResults: 500 });
  return Volumes.filter(({ Size }) => (Size ?? 0) > 100).map(({ VolumeId, Size }) => ({ id: VolumeId ?? "", sizeGib: Size ?? null }));
}
`;

const VOLUMES = Array.from({ length: 100 }, (_, index) => ({ VolumeId: `vol-${index}`, Size: index % 2 === 0 ? 50 : 500 }));

/** Volumes of one region that belong into the answer. */
export const LARGE_VOLUMES = VOLUMES.filter(({ Size }) => Size > 100).length;

/** A cloud that answers at once: what is left of a question's time is ours. */
export function promptCloud(regions: number): Provider {
  const resources = Array.from({ length: regions }, (_, index) => ({ id: `i-${index}`, region: `region-${index + 1}` }));
  return {
    ...memory({ id: "aws", resources }),
    operations: {
      partition: () => "memory",
      invoke: ({ operation, scope }: OperationRequest, context) => context.call(operation.id, scope, async () => ({ Volumes: VOLUMES })),
    },
  };
}
