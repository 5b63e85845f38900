package cofferdam.monitor.initramfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file that a guest is to find at boot: its content and its permissions. */
public final class GuestFile {

    private static final int PROGRAM = 0755;
    private static final int DATA = 0644;

    private final byte[] content;
    private final int permissions;

    private GuestFile(byte[] content, int permissions) {
        this.content = content.clone();
        this.permissions = permissions;
    }

    /** A script that may be run, as UTF-8. */
    public static GuestFile script(String text) {
        return new GuestFile(text.getBytes(StandardCharsets.UTF_8), PROGRAM);
    }

    /** A program in machine code. */
    public static GuestFile program(byte[] content) {
        return new GuestFile(content, PROGRAM);
    }

    /** A file that is read, as UTF-8. */
    public static GuestFile text(String text) {
        return data(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file that is read. */
    public static GuestFile data(byte[] content) {
        return new GuestFile(content, DATA);
    }

    byte[] content() {
        return content.clone();
    }

    int permissions() {
        return permissions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GuestFile file
                && permissions == file.permissions
                && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(content) + permissions;
    }
}
