/** The API refused; `status` is the HTTP status. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The library's API, with the session's token. */
export class Api {
  constructor(session) {
    this.session = session;
  }

  /**
   * A page of photos, by the API's parameters: {photos, cursor, etag}. With the etag of an earlier answer it gives null
   * where nothing has changed since.
   */
  async photos(parameters, etag = null) {
    const answer = await this.#answer(`/photos?${new URLSearchParams(parameters)}`, {
      headers: etag ? { "If-None-Match": etag } : {},
    });
    return answer.status === 304 ? null : { ...(await read(answer)), etag: answer.headers.get("ETag") };
  }

  photo(id) {
    return this.#call(`/photos/${encodeURIComponent(id)}`);
  }

  /** Write about a photo what of caption, favourite and albums is given; gives the photo as it is then. */
  write(id, words) {
    return this.#call(`/photos/${encodeURIComponent(id)}`, { method: "PATCH", body: JSON.stringify(words) });
  }

  /** A page of the values of a term. */
  values(term, cursor = null) {
    return this.#call(`/terms/${term}?${new URLSearchParams({ limit: 200, ...(cursor && { cursor }) })}`);
  }

  reprocess(id) {
    return this.#call(`/photos/${encodeURIComponent(id)}/reprocess`, { method: "POST" });
  }

  delete(id) {
    return this.#call(`/photos/${encodeURIComponent(id)}`, { method: "DELETE" });
  }

  async #call(path, options = {}) {
    return read(await this.#answer(path, options));
  }

  async #answer(path, options) {
    let answer = await this.#fetch(path, options);
    if (answer.status === 401) {
      // The token may have been revoked before its time.
      await this.session.renew();
      answer = await this.#fetch(path, options);
    }
    if (answer.status === 401) this.session.signOut();
    return answer;
  }

  async #fetch(path, options) {
    const token = await this.session.token();
    return fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
  }
}

/** The answer's content. Throws ApiError, in words that say what to do. */
async function read(answer) {
  if (answer.status === 204) return null;
  const content = await answer.json().catch(() => null);
  if (!answer.ok) throw new ApiError(answer.status, content?.message ?? unanswered(answer.status));
  if (!content) throw new ApiError(answer.status, "The library sent an answer that cannot be read. Try again.");
  return content;
}

const unanswered = (status) =>
  status === 429
    ? "The library is busy. Try again in a moment."
    : `The library did not answer (HTTP ${status}). Try again in a moment.`;
