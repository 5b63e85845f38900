/** How a host is configured: the policy vocabulary and its file format. */
@NullMarked
package cofferdam.monitor.policy;

import org.jspecify.annotations.NullMarked;
