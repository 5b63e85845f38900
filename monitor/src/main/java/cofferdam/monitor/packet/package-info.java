/** The emulator's own codecs: frames are byte arrays in network byte order, built and read here. */
@NullMarked
package cofferdam.monitor.packet;

import org.jspecify.annotations.NullMarked;
