package cofferdam.monitor.wire;

import java.io.IOException;

/** A stream of frames has a length that no frame may have, so nothing behind it can be read. */
final class FramingException extends IOException {

    private static final long serialVersionUID = 1;

    FramingException(long length) {
        super("frame length %d is not between %d and %d"
                .formatted(length, FrameParser.MINIMUM_LENGTH, FrameParser.MAXIMUM_LENGTH));
    }
}
