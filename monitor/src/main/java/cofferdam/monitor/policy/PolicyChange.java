package cofferdam.monitor.policy;

/**
 * A key of a policy and another value for it.
 *
 * @param key its path, such as {@code network.mac-learning} or {@code network.mac-table.size}
 * @param value the value as it stands in a policy file, on one line
 */
public record PolicyChange(String key, String value) {

    @Override
    public String toString() {
        return key + ": " + value;
    }
}
