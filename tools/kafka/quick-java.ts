/** Options of Java for what is small and to start quickly: the just-in-time compiler's first tier only. */
export const quickJava = ['-Xmx384m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];
