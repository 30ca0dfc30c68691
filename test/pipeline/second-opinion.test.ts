import { expect, it } from "vitest";
import { QuestionError } from "../../src/errors/index.ts";
import { deservesSecondOpinion } from "../../src/pipeline/second-opinion.ts";

const refusal = (code: "QUESTION_WRITE_REQUEST" | "QUESTION_OFF_TOPIC" | "QUESTION_CONTRADICTORY") =>
  new QuestionError({ code, message: "?" });

it.each([
  "哪些托管磁盘没有挂载到任何虚拟机",
  "哪些磁盘没有绑定快照策略",
  "有哪些已删除的快照",
  "谁删除了 Azure 磁盘",
  "which secrets are not rotated",
  "which reserved addresses are released",
  "list the firewall rules that are disabled",
])("a question with a verb of change in it is the model's to read: %s", (question) => {
  expect(deservesSecondOpinion(question, refusal("QUESTION_WRITE_REQUEST"), false)).toBe(true);
});

it.each(["delete all snapshots", "stop i-0123", "停止所有实例", "请删除旧快照", "把 web-1 重启一下"])(
  "a command stays refused: %s",
  (question) => {
    expect(deservesSecondOpinion(question, refusal("QUESTION_WRITE_REQUEST"), false)).toBe(false);
    expect(deservesSecondOpinion(question, refusal("QUESTION_WRITE_REQUEST"), true)).toBe(true);
  },
);

it("what is wrong with a question in itself stays refused", () => {
  expect(deservesSecondOpinion("which servers are in and not in prod", refusal("QUESTION_CONTRADICTORY"), true)).toBe(false);
});
