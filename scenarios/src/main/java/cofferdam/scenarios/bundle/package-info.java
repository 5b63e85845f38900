/**
 * The evidence bundle: a folder that is complete or absent. {@link
 * cofferdam.scenarios.bundle.BundleWriter} is the front door.
 */
@NullMarked
package cofferdam.scenarios.bundle;

import org.jspecify.annotations.NullMarked;
