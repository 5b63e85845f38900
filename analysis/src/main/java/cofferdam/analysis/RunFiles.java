package cofferdam.analysis;

import cofferdam.monitor.evidence.EvidenceException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a run left behind, by names with forward slashes such as {@code
 * captures/vm1.pcapng}.
 */
public interface RunFiles {

    /**
     * The contents of a file; empty if there is none of that name.
     *
     * @throws EvidenceException if there is one that cannot be read or is beyond a limit
     */
    Optional<byte[]> read(String name) throws EvidenceException;

    /** Files in memory. Neither the map nor the arrays are copied. */
    static RunFiles of(Map<String, byte[]> files) {
        return name -> Optional.ofNullable(files.get(name));
    }

    /**
     * Files in a folder and its subfolders. A name that leads out of it, and a symbolic link, is an
     * {@link EvidenceException}; so is a file larger than {@link FolderFiles#MAXIMUM_FILE_BYTES}.
     */
    static RunFiles in(Path folder) {
        return new FolderFiles(folder);
    }
}
