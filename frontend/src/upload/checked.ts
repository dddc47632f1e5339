import { DefaultHttpStack, type HttpRequest, type HttpStack } from "tus-js-client";

/** The browser's HTTP, with a SHA-256 of every chunk in `Upload-Checksum`, so that a part damaged on
 * its way is dropped and sent again. Where the page has no crypto (plain http in a local network),
 * chunks go without: the whole film is hashed on the server anyway. */
export class CheckedHttp implements HttpStack {
  private readonly plain = new DefaultHttpStack({});

  createRequest(method: string, url: string): HttpRequest {
    const request = this.plain.createRequest(method, url);
    const send = request.send.bind(request);
    request.send = async (body?: unknown) => {
      const sum = method === "PATCH" && body instanceof Blob ? await checksum(body) : "";
      if (sum) request.setHeader("Upload-Checksum", `sha256 ${sum}`);
      return send(body as never);
    };
    return request;
  }

  getName(): string {
    return "CheckedHttp";
  }
}

async function checksum(body: Blob): Promise<string> {
  if (!globalThis.crypto?.subtle) return "";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
  return btoa(String.fromCharCode(...digest));
}
