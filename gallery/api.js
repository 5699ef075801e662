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

  photos({ shelf = "library", list = null, cursor = null, limit = 100 } = {}) {
    const wanted = list ? { [list.term]: list.value } : { shelf };
    const query = new URLSearchParams({ ...wanted, limit, ...(cursor && { cursor }) });
    return this.#call(`/photos?${query}`);
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
    return this.#call(`/facets/${term}?${new URLSearchParams({ limit: 200, ...(cursor && { cursor }) })}`);
  }

  reprocess(id) {
    return this.#call(`/photos/${encodeURIComponent(id)}/reprocess`, { method: "POST" });
  }

  delete(id) {
    return this.#call(`/photos/${encodeURIComponent(id)}`, { method: "DELETE" });
  }

  async #call(path, options = {}) {
    let answer = await this.#fetch(path, options);
    if (answer.status === 401) {
      // The token may have been revoked before its time.
      await this.session.renew();
      answer = await this.#fetch(path, options);
    }
    if (answer.status === 401) this.session.signOut();
    if (answer.status === 204) return null;
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new ApiError(answer.status, said.message ?? "The library did not answer.");
    return said;
  }

  async #fetch(path, options) {
    const token = await this.session.token();
    return fetch(path, { ...options, headers: { Authorization: `Bearer ${token}` } });
  }
}
