import type { Fleet } from "../fleet.ts";
import { contactGroupsOf } from "./contact-group-data.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcRequest } from "./rpc-service.ts";

const DEFAULT_ROWS = 100;

/** DescribeContactGroupList: the contact groups of the account, the same from every region. */
export function describeContactGroupList(fleet: Fleet, { account, input }: RpcRequest): Record<string, unknown> {
  const [page, size] = [Number(input.PageNumber ?? 1), Number(input.PageSize ?? DEFAULT_ROWS)];
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(size) || size < 1 || size > DEFAULT_ROWS)
    throw new RpcError(400, "InvalidParameter", "Illegal parameters.");
  const all = contactGroupsOf(fleet, account);
  const groups = all.slice((page - 1) * size, page * size);
  return {
    Code: "200",
    Success: true,
    Total: all.length,
    ContactGroups: { ContactGroup: groups.map(({ name }) => name) },
    ContactGroupList: {
      ContactGroup: groups.map(({ name, description, contacts, weeklyReport, createdMs }) => ({
        Name: name,
        Describe: description,
        Contacts: { Contact: contacts },
        CreateTime: createdMs,
        UpdateTime: createdMs,
        EnableSubscribed: weeklyReport,
        EnabledWeeklyReport: weeklyReport,
      })),
    },
  };
}
