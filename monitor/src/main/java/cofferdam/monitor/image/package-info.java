/**
 * The layers between a guest's disk and its image file, as a policy wants them: container, cipher and
 * integrity, whoever runs the guest.
 */
@NullMarked
package cofferdam.monitor.image;

import org.jspecify.annotations.NullMarked;
