package cofferdam.monitor;

import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.policy.Policy;

/**
 * What a host is started from.
 *
 * @param policy how the host is configured
 * @param wiring what the cables do to frames
 * @param seed fixes every choice that the host makes
 * @param evidence where the host writes what happens
 */
public record HostSetup(Policy policy, Wiring wiring, long seed, Evidence evidence) {}
