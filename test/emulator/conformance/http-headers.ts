/** Told by the connection, not by the vendor. */
export const CONNECTION_HEADERS: ReadonlySet<string> = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/** What HTTP itself knows (RFC 9110), and any vendor may send. */
export const HTTP_HEADERS: ReadonlySet<string> = new Set(["content-type", "retry-after", "server", "vary", "www-authenticate"]);
