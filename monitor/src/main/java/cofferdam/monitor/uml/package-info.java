/**
 * The driver for User-mode Linux: guests that are Linux kernels compiled as programs of an ordinary
 * user. Nothing imports it but the list of monitors.
 */
@NullMarked
package cofferdam.monitor.uml;

import org.jspecify.annotations.NullMarked;
