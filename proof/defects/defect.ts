export interface Defect {
  what: string;
  /** `file` in server/src; `find` must stand in it exactly once. */
  pieces: { file: string; find: string; put: string }[];
}
