package cofferdam.monitor.wire;

import java.util.regex.Pattern;

/** What Linux takes as the name of a network interface ({@code dev_valid_name} in net/core/dev.c). */
final class InterfaceName {

    /** Letters, digits and a few signs; the kernel takes more, but nobody uses it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,15}");

    private InterfaceName() {}

    /**
     * The name.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String require(String name) {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a network interface: 1 to 15 letters, digits, or any of"
                                    .formatted(name)
                            + " '_', '.', '@', '-'");
        }
        return name;
    }
}
