/** How much counts what. Measured on `bench/retrieval/open-questions.json`. */
export const WEIGHTS = {
  /** Of the fields of a document. */
  fields: { name: 2.5, pairs: 0.7, service: 2, terms: 0.6, text: 1 },
  /** Of a phrase that only says the same as the question's. */
  synonym: 0.7,
  /** Of verbs, which hardly tell operations apart. */
  verb: 0.4,
  number: 0.2,
  /** Of two words of a question that stand side by side in a name. */
  neighbours: 0.3,
  /** Exponent: half a phrase is less than half of what it says. */
  partial: 1,
  /** Exponent: that everything asked is there counts more than that one thing is there often. */
  saturation: 0.7,
  /** For each word of a name that nobody asked for. */
  unaskedWord: 0.2,
  /** Of operations that change something, where the question only asks, and the other way round. */
  unwantedVerb: 0.35,
  /** Of operations whose name does not say whether they change something. */
  unknownVerb: 0.85,
  /** Of operations that read one thing, where a list of them may hold the same. */
  readsOne: 0.88,
  /** Of names in the plural. */
  plural: 1.04,
  /** Of all operations of the service that the question speaks of most. */
  service: 0.45,
  /** Of all operations of a cloud that the question names. */
  namedCloud: 1.5,
};
