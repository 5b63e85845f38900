package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import java.util.List;

/**
 * What a header of either version says.
 *
 * @param structures the plain ranges that are known, in any order and perhaps overlapping
 */
record LuksHeader(
        int version,
        String uuid,
        String label,
        Payload payload,
        List<LockedKey> keys,
        List<KeyDigest> digests,
        List<PlainRange> structures,
        List<Problem> problems) {}
