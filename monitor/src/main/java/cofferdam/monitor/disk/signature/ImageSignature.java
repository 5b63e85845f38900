package cofferdam.monitor.disk.signature;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image formats that can be told by fixed bytes, in the order in which they are tried; a raw
 * image has none of them. The bytes are those of each format's specification and, for the formats
 * without one, of what the tools that write them put there.
 */
public enum ImageSignature {
    QCOW("qcow", false, ends -> ends.startsWith(0, 'Q', 'F', 'I', 0xfb) && ends.u32(4) == 1),
    QCOW2("qcow2", true, ends -> ends.startsWith(0, 'Q', 'F', 'I', 0xfb) && ends.u32(4) != 1),
    QED("qed", false, ends -> ends.startsWith(0, 'Q', 'E', 'D', 0)),
    VMDK_SPARSE("vmdk", true, ends -> ends.startsWith(0, "KDMV")),
    VMDK_COWD("vmdk", false, ends -> ends.startsWith(0, "COWD")),
    VMDK_SESPARSE("vmdk", false, ends -> ends.startsWith(0, 0xbe, 0xba, 0xfe, 0xca, 0, 0, 0, 0)),
    VMDK_DESCRIPTOR("vmdk", true, FileEnds::isDescriptor),
    VHD("vpc", true, FileEnds::hasVhdFooter),
    VHDX("vhdx", false, ends -> ends.startsWith(0, "vhdxfile")),
    VDI("vdi", false, ends -> ends.startsWith(0x40, 0x7f, 0x10, 0xda, 0xbe)),
    PARALLELS(
            "parallels",
            false,
            ends -> ends.startsWith(0, "WithoutFreeSpace")
                    || ends.startsWith(0, "WithouFreSpacExt")),
    DMG("dmg", false, ends -> ends.lastSectorStartsWith("koly")),
    CLOOP("cloop", false, ends -> ends.startsWith(0, "#!/bin/sh\n#V2.0 Format\n")),
    BOCHS("bochs", false, ends -> ends.startsWith(0, "Bochs Virtual HD Image")),
    /** A file system, not a container: a raw disk may honestly carry it. */
    ISO9660("iso9660", false, FileEnds::hasIsoDescriptor);

    private final String format;
    private final boolean read;

    @SuppressWarnings("ImmutableEnumChecker") // the tests capture nothing
    private final Test test;

    ImageSignature(String format, boolean read, Test test) {
        this.format = format;
        this.read = read;
        this.test = test;
    }

    /** The format as {@code qemu-img} calls it; ISO 9660, which it has no name for, {@code iso9660}. */
    public String format() {
        return format;
    }

    /** Whether Cofferdam reads what is inside, and does not only recognise it. */
    public boolean isRead() {
        return read;
    }

    /** Whether it is a container that a reader may take over from the raw bytes. */
    public boolean isContainer() {
        return this != ISO9660;
    }

    /**
     * The format of a file, by the first signature that fits; empty for a raw image.
     *
     * @throws IOException if the file cannot be read
     */
    public static Optional<ImageSignature> of(ByteSource file) throws IOException {
        return allOf(file).stream().findFirst();
    }

    /**
     * Every format whose signature the file carries, in the order of this enum: more than one
     * container for a polyglot. Reads at most 6 KiB.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<ImageSignature> allOf(ByteSource file) throws IOException {
        FileEnds ends = FileEnds.of(file);
        return Stream.of(values())
                .filter(signature -> signature.test.fits(ends))
                .toList();
    }

    @FunctionalInterface
    private interface Test {

        boolean fits(FileEnds ends);
    }
}
