package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.Reference.Role;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The other files that an image names. */
final class References {

    /** Of a backing file's name, in bytes. */
    private static final int MOST_NAME = 1023;

    private References() {}

    /** They and, for each, a problem. */
    static List<Reference> of(
            ByteSource file,
            Qcow2Header header,
            HeaderExtensions extensions,
            List<Problem> problems)
            throws IOException {
        List<Reference> found = new ArrayList<>();
        String backing = backingName(file, header, problems);
        if (!backing.isEmpty()) {
            found.add(new Reference(Role.BACKING, backing, extensions.backingFormat()));
            problems.add(new Problem(Qcow2Problem.BACKING_FILE, backing));
        }
        boolean external = header.isSet(Qcow2Header.EXTERNAL_DATA);
        if (external || !extensions.dataFile().isEmpty()) {
            found.add(new Reference(Role.DATA, extensions.dataFile(), "raw"));
            problems.add(new Problem(
                    Qcow2Problem.EXTERNAL_DATA_FILE,
                    external
                            ? extensions.dataFile()
                            : "%s, though the header does not say so"
                                    .formatted(extensions.dataFile())));
        }
        return List.copyOf(found);
    }

    private static String backingName(ByteSource file, Qcow2Header header, List<Problem> problems)
            throws IOException {
        long offset = header.backingOffset();
        long length = header.backingLength();
        if (offset == 0 || length == 0) {
            return "";
        }
        long room = Math.min(header.clusterSize(), file.size());
        if (length > MOST_NAME || offset < 0 || offset > room - length) {
            problems.add(new Problem(
                    Qcow2Problem.BAD_BACKING_NAME, "%d bytes at 0x%x".formatted(length, offset)));
            return "";
        }
        return new String(file.read(offset, (int) length), StandardCharsets.UTF_8);
    }
}
