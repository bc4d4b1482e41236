/** How far a lane of an endless stream is behind what its source has. */
export interface LaneLag {
  /** Records that the source has, and whose rows have not arrived. Absent: the source does not count. */
  records?: number;
  /** For how long what has not arrived has been there, in seconds; 0: everything has arrived. Absent: nobody can tell. */
  seconds?: number;
}
