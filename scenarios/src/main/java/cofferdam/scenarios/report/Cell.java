package cofferdam.scenarios.report;

import cofferdam.scenarios.result.PropertyResult;

/**
 * What came of a property under a policy.
 *
 * @param account the number of the account that tells of it
 */
public record Cell(Outcome outcome, PropertyResult result, int account) {}
