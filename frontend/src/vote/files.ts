import type { Receipt } from "./kept";

/** The receipt as a file: what `paike-verify receipt FILE` reads. */
export function download(receipt: Receipt): void {
  const text = `${JSON.stringify(receipt, null, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `paike-receipt-${receipt.code}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
