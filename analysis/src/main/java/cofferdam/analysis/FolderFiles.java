package cofferdam.analysis;

import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.pcapng.PcapngReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A run's files in a folder that may have come from anywhere. */
record FolderFiles(Path folder) implements RunFiles {

    /** The largest file that is read, in bytes. */
    static final int MAXIMUM_FILE_BYTES = PcapngReader.MAXIMUM_FILE_BYTES;

    /** Every part begins with a letter or digit, so none is {@code ..}. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}(/[a-z0-9][a-z0-9.-]{0,99}){0,3}");

    @Override
    public Optional<byte[]> read(String name) throws EvidenceException {
        if (!NAME.matcher(name).matches()) {
            throw new EvidenceException("'%s' is not the name of a run's file".formatted(name));
        }
        try {
            return readWithin(folder.toRealPath(), name);
        } catch (IOException e) {
            throw new EvidenceException("%s cannot be read: %s".formatted(name, e), e);
        }
    }

    private static Optional<byte[]> readWithin(Path root, String name)
            throws IOException, EvidenceException {
        Path file = root.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().equals(file);
        if (!plain) {
            throw new EvidenceException("%s is a link or no plain file".formatted(name));
        }
        if (Files.size(file) > MAXIMUM_FILE_BYTES) {
            throw tooLarge(name);
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAXIMUM_FILE_BYTES + 1);
            if (bytes.length > MAXIMUM_FILE_BYTES) {
                throw tooLarge(name);
            }
            return Optional.of(bytes);
        }
    }

    private static EvidenceException tooLarge(String name) {
        return new EvidenceException(
                "%s is larger than %d bytes".formatted(name, MAXIMUM_FILE_BYTES));
    }
}
