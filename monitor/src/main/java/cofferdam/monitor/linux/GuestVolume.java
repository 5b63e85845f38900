package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.guest.system.GuestSystem;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A real guest's disk as its own shell uses it: the kernel's partition table, file system and cache,
 * and BusyBox's programs. What is asked for in one command happens in a shell of its own, and goes on
 * only if the disk is mounted.
 */
record GuestVolume(GuestShell shell) {

    /** How long a command may take on a busy computer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String FOLDER = "/mnt";

    /** The disk is virtio's or, in User-mode Linux, the first block device of a file. */
    private static final String FIND_DISK = "d=$(ls /sys/block | grep -m 1 -x -E 'vda|ubda')";

    private static final String REQUIRE_MOUNTED =
            "grep -q ' %s ext4 ' /proc/mounts || { echo 'the disk is not mounted'; exit 1; }"
                    .formatted(FOLDER);

    private static final String MOUNT = String.join(
            "; ",
            FIND_DISK,
            "[ -n \"$d\" ] || { echo 'firmware: there is no disk'; exit 1; }",
            "p=$(grep -l -x 'PARTNAME=%s' /sys/class/block/\"$d\"?*/uevent 2>/dev/null | head -n 1)"
                    .formatted(GuestSystem.PARTITION),
            "[ -n \"$p\" ] || { echo 'partitions: there is no partition %s'; exit 1; }"
                    .formatted(GuestSystem.PARTITION),
            "p=${p%/uevent}",
            "p=${p##*/}",
            "mkdir -p " + FOLDER,
            "m=$(mount -t ext4 /dev/\"$p\" %s 2>&1) || { echo \"file system: $m\"; dmesg | grep EXT4-fs | tail -n 1; exit 1; }"
                    .formatted(FOLDER));

    /** The list has paths from the root of the disk; they are looked up where that is mounted. */
    private static final String CHECK = String.join(
            "; ",
            "c=" + FOLDER + GuestSystem.CHECKSUMS,
            "[ -s $c ] || { echo 'essential files: the list of checksums is empty or missing'; exit 1; }",
            "sed 's|  /|  %s/|' $c >/tmp/sums || exit 1".formatted(FOLDER),
            "sha256sum -c /tmp/sums >/tmp/checked 2>&1 || { echo essential files:; grep -v ': OK$' /tmp/checked; exit 1; }");

    private static final String UNMOUNT = String.join(
            "; ",
            REQUIRE_MOUNTED,
            "sync",
            "umount %s || exit 1".formatted(FOLDER),
            FIND_DISK,
            // Has the disk itself write what the monitor still keeps in memory.
            "dd if=/dev/null of=/dev/\"$d\" conv=notrunc,fsync status=none");

    /**
     * Mounts the disk and checks what an operating system needs to come up from it.
     *
     * @return what keeps it from coming up, in the guest's words; empty if nothing does
     * @throws IOException if the guest does not answer
     */
    Optional<String> mount() throws IOException {
        return trouble(run(MOUNT + "; " + CHECK));
    }

    /**
     * Has everything saved written to the disk, and lets go of it.
     *
     * @return what went wrong, in the guest's words; empty if nothing did
     * @throws IOException if the guest does not answer
     */
    Optional<String> unmount() throws IOException {
        return trouble(run(UNMOUNT));
    }

    /**
     * Writes the note with a secret into a file and through to the disk, and prints its SHA-256.
     *
     * @throws IOException if the guest does not answer
     */
    GuestShell.Result save(String path, Canary canary) throws IOException {
        String note = "{ printf 'user = alice\\npassword = %%s\\n' %s; i=1; while [ $i -le %d ]; do printf '%s\\n' $i; i=$((i+1)); done; } >/tmp/note"
                .formatted(canary, GuestSystem.NOTE_LINES, GuestSystem.NOTE_LINE);
        return onDisk(
                path,
                "mkdir -p \"${f%/*}\" || exit 1",
                note,
                "dd if=/tmp/note of=\"$f\" bs=64k conv=fsync status=none || exit 1",
                "rm /tmp/note",
                "sync",
                "sha256sum \"$f\"");
    }

    /**
     * Reads a file from the disk, not from memory, and prints its SHA-256.
     *
     * @throws IOException if the guest does not answer
     */
    GuestShell.Result read(String path) throws IOException {
        return onDisk(
                path, "sync", "echo 3 >/proc/sys/vm/drop_caches || exit 1", "sha256sum \"$f\"");
    }

    /**
     * Overwrites a file with zeros where it lies, and deletes it.
     *
     * @throws IOException if the guest does not answer
     */
    GuestShell.Result erase(String path) throws IOException {
        return onDisk(
                path,
                "n=$(stat -c %s \"$f\") || exit 1",
                "head -c \"$n\" /dev/zero | dd of=\"$f\" bs=64k conv=notrunc,fsync status=none || exit 1",
                "rm \"$f\" || exit 1",
                "sync");
    }

    private GuestShell.Result onDisk(String path, String... commands) throws IOException {
        return run("f=%s; %s; %s"
                .formatted(
                        ShellText.quoted(FOLDER + path),
                        REQUIRE_MOUNTED,
                        String.join("; ", commands)));
    }

    private GuestShell.Result run(String commands) throws IOException {
        return shell.await("( %s ) 2>&1".formatted(commands), PATIENCE);
    }

    private static Optional<String> trouble(GuestShell.Result result) {
        if (result.succeeded()) {
            return Optional.empty();
        }
        String words = ShellText.words(result.output());
        return Optional.of(
                words.isEmpty() ? "exit status %d".formatted(result.status()) : words);
    }
}
