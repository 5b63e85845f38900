package cofferdam.monitor.policy;

/**
 * A violation that the policy's owner has accepted. It stays a violation, and reports show it as
 * accepted.
 *
 * @param scenario the scenario's name, or {@code *} for all
 * @param property the property's name
 * @param reason why, for people
 */
public record Acceptance(String scenario, String property, String reason) {}
