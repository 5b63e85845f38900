package cofferdam.monitor.disk.swap;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A swap partition or swap file of Linux. Its first page ends in ten characters that name its format;
 * the size of a page is that of the machine that made it. Everything behind the first page is what
 * memory held, in no order that the area itself tells.
 *
 * <p>Source: {@code union swap_header} in Linux's {@code include/linux/swap.h}, and {@code struct
 * swsusp_header} of its {@code kernel/power/swap.c}.
 *
 * @param pageSize in bytes: 4096 to 65536
 * @param version 1, or 0 for the format before Linux 2.2, which has neither size, label nor UUID
 * @param size in bytes as the header has it, its first page included; may exceed the source
 * @param uuid in lower-case letters; empty for none
 * @param label made safe to show; empty for none
 * @param suspendedImage the signature of the memory image of a suspended machine that is in it, such as
 *     {@code S1SUSPEND}: all that the machine had in memory; empty for none
 */
public record SwapArea(
        int pageSize,
        int version,
        long size,
        String uuid,
        String label,
        String suspendedImage,
        List<Problem> problems) {

    private static final int SMALLEST_PAGE = 4096;
    private static final int LARGEST_PAGE = 65536;
    private static final int SIGNATURE_LENGTH = 10;
    private static final String VERSION_0 = "SWAP-SPACE";
    private static final String VERSION_1 = "SWAPSPACE2";

    /** What takes the place of the signature while a suspended machine's memory is in the area. */
    private static final List<String> SUSPENDED =
            List.of("S1SUSPEND", "S2SUSPEND", "ULSUSPEND", "LINHIB0001");

    private static final int HEADER_OFFSET = 1024;
    private static final int HEADER_SIZE = 44;
    private static final int LABEL_LENGTH = 16;

    public SwapArea {
        problems = List.copyOf(problems);
    }

    /**
     * Whether a partition or file is a swap area.
     *
     * @throws IOException only if it cannot be read
     */
    public static boolean recognises(ByteSource partition) throws IOException {
        return signature(partition) != null;
    }

    /**
     * Reads the header of a swap area.
     *
     * @throws MalformedImageException if it is none, as {@link CommonProblem#NOT_READ}
     * @throws IOException if it cannot be read
     */
    public static SwapArea read(ByteSource partition) throws IOException {
        Signature signature = signature(partition);
        if (signature == null) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "there is no signature of a swap area");
        }
        String suspended = SUSPENDED.contains(signature.text()) ? signature.text() : "";
        if (signature.text().equals(VERSION_0)) {
            return new SwapArea(
                    signature.pageSize(), 0, partition.size(), "", "", suspended, List.of());
        }
        byte[] bytes = partition.read(HEADER_OFFSET, HEADER_SIZE);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(order(bytes));
        long pages = Integer.toUnsignedLong(header.getInt(4)) + 1;
        long size = pages * signature.pageSize();
        return new SwapArea(
                signature.pageSize(),
                1,
                size,
                uuid(bytes),
                label(bytes),
                suspended,
                problems(size, partition.size()));
    }

    /** The version, which is 1, shows the byte order of the machine that made it. */
    private static ByteOrder order(byte[] header) {
        return header[0] == 0 && header[3] == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static String uuid(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        UUID uuid = new UUID(bytes.getLong(12), bytes.getLong(20));
        return uuid.equals(new UUID(0, 0)) ? "" : uuid.toString();
    }

    private static String label(byte[] header) {
        int from = HEADER_SIZE - LABEL_LENGTH;
        int end = from;
        while (end < HEADER_SIZE && header[end] != 0) {
            end++;
        }
        return FileNames.of(Arrays.copyOfRange(header, from, end));
    }

    private static List<Problem> problems(long size, long there) {
        return size <= there
                ? List.of()
                : List.of(new Problem(
                        CommonProblem.TRUNCATED,
                        "the swap area has %d bytes, its partition %d".formatted(size, there)));
    }

    private record Signature(String text, int pageSize) {}

    private static @Nullable Signature signature(ByteSource partition) throws IOException {
        for (int page = SMALLEST_PAGE; page <= LARGEST_PAGE; page *= 2) {
            if (partition.size() < page) {
                return null;
            }
            String text = new String(
                    partition.read(page - SIGNATURE_LENGTH, SIGNATURE_LENGTH),
                    StandardCharsets.ISO_8859_1);
            if (text.equals(VERSION_0) || text.equals(VERSION_1)) {
                return new Signature(text, page);
            }
            String name = text.replace("\0", "");
            if (SUSPENDED.contains(name)) {
                return new Signature(name, page);
            }
        }
        return null;
    }
}
