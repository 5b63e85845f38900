package cofferdam.monitor.memory;

/**
 * How memory is used, in bytes; see {@link cofferdam.monitor.evidence.Event.MemorySampled} for what
 * each figure means.
 */
public record MemoryUsage(
        long size, long used, long frames, long shared, long ballooned, long swapped) {}
