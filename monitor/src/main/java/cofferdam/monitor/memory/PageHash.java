package cofferdam.monitor.memory;

import java.nio.ByteBuffer;

/**
 * A hash of a page's bytes. Two different pages may have the same one, and a guest may make such
 * pages at will: it finds candidates and proves nothing.
 */
@FunctionalInterface
interface PageHash {

    /** The hash of the page that starts there. The buffer's position and limit may be changed. */
    long of(ByteBuffer memory, int start);
}
