/**
 * Attacks across the network between machines. Each attack has a campaign, which is one run of it;
 * all that a campaign does goes through its {@link cofferdam.attacks.network.Foothold}, so that
 * ending that ends everything. Nothing here is locked: actions of the timeline, frames handed over
 * by an interface and calls of a campaign must come one at a time.
 */
@NullMarked
package cofferdam.attacks.network;

import org.jspecify.annotations.NullMarked;
