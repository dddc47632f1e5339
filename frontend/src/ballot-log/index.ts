/** The ballot log, checked in the browser. */

export type { Check, Finding, Outcome, Receipt } from "./receipt";
export { verifyReceipt } from "./receipt";
