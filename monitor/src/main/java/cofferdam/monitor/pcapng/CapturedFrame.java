package cofferdam.monitor.pcapng;

import cofferdam.monitor.evidence.Direction;

/**
 * A frame of a capture.
 *
 * @param number its number in the file as Wireshark counts, from 1
 * @param interfaceNumber its interface's place in the file, from 0
 * @param time nanoseconds since 1970-01-01T00:00:00Z
 * @param direction which way it went
 * @param bytes the whole frame; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy a frame would cost
public record CapturedFrame(
        int number, int interfaceNumber, long time, Direction direction, byte[] bytes) {}
