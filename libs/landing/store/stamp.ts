import { mongo } from 'mongoose';

/** A logical time as text, for states and resumes: seconds since 1970 and a counter. */
export function stampText({ t, i }: mongo.Timestamp): string {
  return `${t}.${i}`;
}

export function stampOf(text: string): mongo.Timestamp {
  const [t = '0', i = '0'] = text.split('.');
  return new mongo.Timestamp({ t: Number(t), i: Number(i) });
}
