import type { SchemaRef, ServiceModel } from "./sdk-schema.ts";

/** The part of Smithy's JSON AST that shapes need (smithy.io, "JSON AST"). */
export interface SmithyDocument {
  readonly shapes: Readonly<Record<string, SmithyShape>>;
}

interface SmithyShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, SmithyMember>>;
  readonly member?: SmithyMember;
  readonly key?: SmithyMember;
  readonly value?: SmithyMember;
  readonly output?: SmithyMember;
  readonly traits?: Readonly<Record<string, unknown>>;
}

interface SmithyMember {
  readonly target: string;
  readonly traits?: Readonly<Record<string, unknown>>;
}

const SIMPLE: Readonly<Record<string, number>> = {
  "smithy.api#String": 0,
  "smithy.api#Integer": 1,
  "smithy.api#Long": 1,
  "smithy.api#Double": 1,
  "smithy.api#Boolean": 2,
  "smithy.api#Timestamp": 4,
  "smithy.api#Blob": 21,
};

/** A model in the vendor's publishing format, as the schemas that its packages have. */
export function smithyModel({ shapes }: SmithyDocument): ServiceModel {
  const schemaOf = (id: string): SchemaRef => SIMPLE[id] ?? (() => shapeSchema(id));
  const shapeSchema = (id: string): SchemaRef => {
    const shape = shapes[id];
    const [namespace = "", name = ""] = id.split("#");
    switch (shape?.type) {
      case "list":
        return [1, namespace, name, 0, schemaOf(shape.member?.target ?? "")];
      case "map":
        return [2, namespace, name, 0, schemaOf(shape.key?.target ?? ""), schemaOf(shape.value?.target ?? "")];
      case "structure": {
        const isRequired = ([, { traits }]: readonly [string, SmithyMember]) => traits?.["smithy.api#required"] !== undefined;
        const all = Object.entries(shape.members ?? {});
        // The packages name required members first and say how many there are.
        const members = [...all.filter(isRequired), ...all.filter((member) => !isRequired(member))];
        const kind = shape.traits?.["smithy.api#error"] === undefined ? 3 : -3;
        const names = members.map(([member]) => member);
        const schemas = members.map(([, { target }]) => schemaOf(target));
        return [kind, namespace, name, 0, names, schemas, all.filter(isRequired).length];
      }
      default:
        throw new TypeError(`The model has no shape ${id} that a reply could have.`);
    }
  };
  const ids = Object.keys(shapes);
  const errors = ids.filter((id) => shapes[id]?.traits?.["smithy.api#error"] !== undefined);
  return {
    output: (operation) => {
      const found = shapes[ids.find((id) => id.endsWith(`#${operation}`)) ?? ""];
      if (found?.type !== "operation" || found.output === undefined) throw new TypeError(`The model has no operation ${operation}`);
      return schemaOf(found.output.target);
    },
    errors: new Map(errors.map((id) => [id.split("#")[1] ?? "", schemaOf(id)])),
  };
}
