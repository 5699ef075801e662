import type { Annotations, FacetPage, FullPhoto, Photo, PhotoPage } from "./photo";

/** A refusal by the API; `status` is the HTTP status. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The source of the API's access tokens. */
export interface TokenSource {
  /** Give a token that is valid for a while, or null where a new sign-in is needed. */
  token(): Promise<string | null>;
  renew(): Promise<void>;
  end(): void;
}

interface Options {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the library's API with the session's token. Every method throws ApiError, or TypeError without a network. */
export class Api {
  constructor(private readonly session: TokenSource) {}

  /** Give a page of photos; with the ETag of an earlier answer, null where nothing has changed since. */
  async photos(parameters: Readonly<Record<string, string>>, etag: string | null = null): Promise<PhotoPage | null> {
    const headers = etag ? { "If-None-Match": etag } : {};
    const response = await this.send(`/photos?${new URLSearchParams(parameters)}`, { headers });
    if (response.status === 304) return null;
    const page = await read<Omit<PhotoPage, "etag">>(response);
    return { ...page, etag: response.headers.get("ETag") };
  }

  /** Give all details of a photo, with new addresses of its renditions. */
  photo(id: string): Promise<FullPhoto> {
    return this.call(photoPath(id));
  }

  /** Change the annotations that are given; gives the photo after the change. */
  annotate(id: string, annotations: Annotations): Promise<Photo> {
    return this.call(photoPath(id), { method: "PATCH", body: JSON.stringify(annotations) });
  }

  /** Give a page of the values of a facet. */
  facetValues(facet: string, cursor: string | null, limit: number): Promise<FacetPage> {
    const parameters = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
    return this.call(`/facets/${facet}?${parameters}`);
  }

  /** Process a photo again. */
  async reprocess(id: string): Promise<void> {
    await this.call(`${photoPath(id)}/reprocess`, { method: "POST" });
  }

  /** Move a photo to the trash. */
  async delete(id: string): Promise<void> {
    await this.call(photoPath(id), { method: "DELETE" });
  }

  private async call<Answer>(path: string, options: Options = {}): Promise<Answer> {
    return read<Answer>(await this.send(path, options));
  }

  private async send(path: string, options: Options): Promise<Response> {
    let response = await this.fetch(path, options);
    if (response.status === 401) {
      // The token may have been revoked before it expired.
      await this.session.renew();
      response = await this.fetch(path, options);
    }
    if (response.status === 401) this.session.end();
    return response;
  }

  private async fetch(path: string, options: Options): Promise<Response> {
    const token = await this.session.token();
    return fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
  }
}

const photoPath = (id: string) => `/photos/${encodeURIComponent(id)}`;

async function read<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return null as Answer;
  const content: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, messageOf(content) ?? fallback(response.status));
  if (content === null) throw new ApiError(response.status, "The library sent an unreadable answer. Try again.");
  return content as Answer;
}

function messageOf(content: unknown): string | null {
  const message = (content as { message?: unknown } | null)?.message;
  // API Gateway's own words say nothing that helps its user.
  return typeof message === "string" && message !== "Internal Server Error" ? message : null;
}

const fallback = (status: number) =>
  status === 429
    ? "The library is busy. Try again in a moment."
    : `The library did not answer (HTTP ${status}). Try again in a moment.`;
