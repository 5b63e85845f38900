/**
 * The host's memory: frames outside the heap, the translation of each guest, page sharing by content,
 * balloon and swap file.
 */
@NullMarked
package cofferdam.monitor.memory;

import org.jspecify.annotations.NullMarked;
