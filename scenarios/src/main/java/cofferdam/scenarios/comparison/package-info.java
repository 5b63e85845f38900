/**
 * What distinguishes policies: the same scenarios under each of them, the keys that explain where they
 * differ, what each costs, and what would have to be changed. Pure: whoever uses it says how a trial is
 * run, and the answers depend on nothing else.
 */
@NullMarked
package cofferdam.scenarios.comparison;

import org.jspecify.annotations.NullMarked;
