/** A JSON object whose fields are known where it is built and not where it is passed on. */
export type JsonObject = { readonly [key: string]: unknown };
