export { FakeClock } from "./fake-clock.ts";
export { type FakeRuntime, type FakeRuntimeOptions, fakeRuntime } from "./fake-runtime.ts";
export { type KnowledgeContractOptions, knowledgeContract } from "./knowledge-contract.ts";
export { type ProviderContractOptions, providerContract, type TestRunner } from "./provider-contract.ts";
export { sampleApproval, sampleAuditEntry, sampleLearnedTool } from "./sample-approval.ts";
export { type SandboxContractOptions, sandboxContract } from "./sandbox-contract.ts";
export { type StoreContractOptions, storeContract } from "./store-contract.ts";
