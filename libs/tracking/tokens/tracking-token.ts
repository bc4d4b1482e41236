/** A mail to a person, as its pixel and links name it. */
export interface TrackedMail {
  /** Id of the profile: random, so nothing is told of the person. */
  person: string;
  /** Whatever names the mail: all that is seen of it is told under this id. */
  message: string;
  /** Slug. */
  template?: string;
  campaign?: string;
}

export interface TrackedLink {
  /** Where it leads. */
  url: string;
  /** What it is called in events. */
  label?: string;
}

/** What the token of a pixel or a link says. */
export interface TrackingToken {
  mail: TrackedMail;
  /** Absent: it is of a pixel. */
  link?: TrackedLink;
  /** Milliseconds. */
  madeAt: number;
}
