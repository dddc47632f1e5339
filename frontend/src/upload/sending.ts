import { DetailedError, Upload } from "tus-js-client";
import { CheckedHttp } from "./checked";

/** A refusal of the server, as `docs/spec/upload.md` writes it. */
export type Refusal = { code: string; zh: string; en: string };

export type Watch = {
  progress(sent: number): void;
  arrived(): void;
  /** No network, or the server does not answer: it goes on by itself. */
  interrupted(): void;
  /** The server said no; trying again is of no use. */
  refused(refusal: Refusal | undefined, status: number): void;
};

const CHUNK = 1024 * 1024; // little is sent twice when the network breaks
const RETRIES = [0, 1000, 3000, 5000, 10000];
const AGAIN = 10000;
const WORTH_RETRYING = [0, 408, 409, 423, 425, 429, 460];

/** One film on its way. It survives a dead network: when tus gives up, it tries again every ten
 * seconds and at once when the browser is back online. */
export class Sending {
  private readonly upload: Upload;
  private timer = 0;
  private paused = false;
  private over = false;
  private readonly online = () => this.again();
  private readonly offline = () => void this.rest();

  constructor(
    file: File,
    at: { entry: string; fingerprint: string; place?: string | undefined },
    private readonly watch: Watch,
  ) {
    this.upload = new Upload(file, {
      endpoint: "/uploads/",
      uploadUrl: at.place ?? null,
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      metadata: { entry: at.entry, fingerprint: at.fingerprint },
      storeFingerprintForResuming: false,
      httpStack: new CheckedHttp(),
      onProgress: (sent) => watch.progress(sent),
      onSuccess: () => this.end(() => watch.arrived()),
      onError: (error) => this.failed(error),
      onShouldRetry: (error) => navigator.onLine && worthRetrying(status(error)),
    });
    window.addEventListener("online", this.online);
    window.addEventListener("offline", this.offline);
  }

  start(): void {
    this.paused = false;
    this.upload.start();
  }

  async pause(): Promise<void> {
    this.paused = true;
    window.clearTimeout(this.timer);
    await this.upload.abort();
  }

  /** Give the upload up; the server forgets what had arrived. */
  async cancel(): Promise<void> {
    this.end(() => undefined);
    await this.upload.abort(true).catch(() => undefined);
  }

  private async rest(): Promise<void> {
    if (this.paused || this.over) return;
    await this.upload.abort();
    this.watch.interrupted();
  }

  private again(): void {
    window.clearTimeout(this.timer);
    if (!this.paused && !this.over) this.upload.start();
  }

  private failed(error: Error): void {
    const code = status(error);
    if (worthRetrying(code)) {
      this.watch.interrupted();
      this.timer = window.setTimeout(() => this.again(), AGAIN);
      return;
    }
    this.end(() => this.watch.refused(refusal(error), code));
  }

  private end(tell: () => void): void {
    this.over = true;
    window.clearTimeout(this.timer);
    window.removeEventListener("online", this.online);
    window.removeEventListener("offline", this.offline);
    tell();
  }
}

function worthRetrying(code: number): boolean {
  return WORTH_RETRYING.includes(code) || (code >= 500 && code !== 507);
}

function status(error: Error): number {
  return error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
}

function refusal(error: Error): Refusal | undefined {
  if (!(error instanceof DetailedError)) return undefined;
  try {
    return JSON.parse(error.originalResponse?.getBody() ?? "") as Refusal;
  } catch {
    return undefined;
  }
}
