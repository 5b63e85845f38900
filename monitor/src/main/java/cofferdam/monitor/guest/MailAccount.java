package cofferdam.monitor.guest;

import cofferdam.monitor.evidence.FlowId;

/**
 * The mail account that a machine keeps for each flow. Its password follows from the machine's name
 * and the flow, so that both ends know it without having been told.
 *
 * @param user what to log in as; names the flow
 * @param password unlike the flow's own name
 */
public record MailAccount(String user, String password) {

    private static final String USER_PREFIX = "flow-";
    private static final long HASH_BASIS = 0xcbf29ce484222325L;
    private static final long HASH_PRIME = 0x100000001b3L;

    /** The account on a server for a flow. */
    public static MailAccount of(String server, FlowId flow) {
        return new MailAccount(USER_PREFIX + flow, "key-" + digest(server + '/' + flow));
    }

    /**
     * A spread of the text over 64 bits (FNV-1a, RFC 9923), in 16 digits; no secret depends on it.
     */
    private static String digest(String text) {
        long hash = HASH_BASIS;
        for (byte b : FlowText.bytes(text)) {
            hash = (hash ^ (b & 0xff)) * HASH_PRIME;
        }
        String digits = Long.toHexString(hash);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
