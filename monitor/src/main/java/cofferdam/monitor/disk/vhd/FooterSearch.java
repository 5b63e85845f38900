package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the footer: the last 512 bytes, the last 511 as the oldest writers left it, or the copy in
 * front that dynamic and differencing disks have.
 *
 * @param footer the one to follow: the last, unless its checksum is wrong and the copy's right
 * @param end where the last footer begins, or would begin if it were there; offset in bytes
 * @param lastBytes the length of the last footer in bytes; 0 if it is missing
 */
record FooterSearch(Footer footer, long end, int lastBytes) {

    private static final int SHORT = 511;

    static FooterSearch in(ByteSource file, ProblemTally problems) throws IOException {
        byte[] front = file.read(0, (int) Math.min(Footer.BYTES, file.size()));
        Optional<Footer> copy = front.length == Footer.BYTES ? Footer.in(front) : Optional.empty();
        byte[] back = last(file);
        Optional<Footer> last = Footer.in(back);
        if (last.isEmpty()) {
            problems.add(VhdProblem.FOOTER_MISSING, "no footer in the last 512 bytes");
            Footer only = copy.orElseThrow(() -> new MalformedImageException(
                    VhdProblem.HEADER, "no footer at the end and no copy of it in front"));
            tellChecksum(only, "the footer's copy in front", problems);
            return new FooterSearch(only, file.size(), 0);
        }
        long end = file.size() - back.length;
        tellChecksum(last.get(), "the footer", problems);
        if (copy.isEmpty() || end == 0) {
            return new FooterSearch(last.get(), end, back.length);
        }
        tellChecksum(copy.get(), "the footer's copy in front", problems);
        if (!Arrays.equals(front, Arrays.copyOf(back, Footer.BYTES))) {
            problems.add(
                    ContainerProblem.CONTRADICTING_HEADER_FOOTER,
                    "the footer says type %d and %d bytes, its copy in front type %d and %d bytes"
                            .formatted(
                                    last.get().type(),
                                    last.get().currentSize(),
                                    copy.get().type(),
                                    copy.get().currentSize()));
        }
        boolean followCopy = !last.get().checksumFits() && copy.get().checksumFits();
        return new FooterSearch(followCopy ? copy.get() : last.get(), end, back.length);
    }

    private static byte[] last(ByteSource file) throws IOException {
        if (file.size() >= Footer.BYTES) {
            byte[] full = file.read(file.size() - Footer.BYTES, Footer.BYTES);
            if (Footer.in(full).isPresent()) {
                return full;
            }
        }
        if (file.size() < SHORT) {
            return new byte[0];
        }
        return file.read(file.size() - SHORT, SHORT);
    }

    private static void tellChecksum(Footer footer, String which, ProblemTally problems) {
        if (!footer.checksumFits()) {
            problems.add(VhdProblem.FOOTER_CHECKSUM, "the checksum of " + which + " is wrong");
        }
    }
}
