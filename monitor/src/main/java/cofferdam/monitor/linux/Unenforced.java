package cofferdam.monitor.linux;

/**
 * A setting of a policy that a hypervisor does not enforce.
 *
 * @param key the policy's key, such as {@code memory.sharing}
 * @param reason why, and the value that it has instead where there is one: for people, without a full
 *     stop
 */
public record Unenforced(String key, String reason) {}
