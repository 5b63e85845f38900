package cofferdam.monitor.disk.fat;

/**
 * Bytes of the file system.
 *
 * @param offset where they begin, in bytes
 * @param length in bytes
 */
record ByteRun(long offset, long length) {}
