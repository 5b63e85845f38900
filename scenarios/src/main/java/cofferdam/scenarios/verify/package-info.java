/**
 * Whether a bundle is what its signer wrote, and whether its evidence shows what it says. {@link
 * cofferdam.scenarios.verify.Inspection} looks at the files, {@link
 * cofferdam.scenarios.verify.RunCheck} judges a run again.
 */
@NullMarked
package cofferdam.scenarios.verify;

import org.jspecify.annotations.NullMarked;
