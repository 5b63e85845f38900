package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.FileNames;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Text in headers: bytes up to the first zero or the end of the field, made safe to show. */
final class HeaderText {

    private HeaderText() {}

    static String in(ByteBuffer header, int at, int count) {
        byte[] field = new byte[count];
        header.get(at, field);
        int length = 0;
        while (length < count && field[length] != 0) {
            length++;
        }
        return FileNames.of(Arrays.copyOf(field, length));
    }
}
