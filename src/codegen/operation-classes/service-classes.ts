/**
 * Names of a service's operations that were read one by one, separated by white space. What is in none of the lists is a write: a name
 * that only looks like a read proves nothing.
 */
export interface ServiceClasses {
  readonly read?: string;
  /** Reads that cost by what they look through, with no cap of their own. */
  readonly scan?: string;
  /** Return secrets, issue access, or destroy what they read. */
  readonly sensitive?: string;
}
