package cofferdam.monitor.disk.partition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Common types of partitions, as MBR and GPT have them. */
public enum PartitionType {
    /** A Linux file system. */
    LINUX(0x83, "0FC63DAF-8483-4772-8E79-3D69D8477DE4"),
    /** Linux swap space. */
    LINUX_SWAP(0x82, "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F"),
    /** The FAT file system that UEFI firmware boots from. */
    EFI_SYSTEM(0xef, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"),
    /** NTFS or exFAT; the GUID also stands for FAT. */
    BASIC_DATA(0x07, "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"),
    /** Physical volume of the Linux logical volume manager. */
    LINUX_LVM(0x8e, "E6D6D379-F507-44C2-A23C-238F2A3DF928");

    /** The type of the MBR entry that protects a GPT. */
    static final int PROTECTIVE_MBR = 0xee;

    private final int mbr;
    private final UUID guid;

    PartitionType(int mbr, String guid) {
        this.mbr = mbr;
        this.guid = UUID.fromString(guid);
    }

    /** Its number in an MBR entry. */
    public int mbr() {
        return mbr;
    }

    /** Its GUID in a GPT entry. */
    public UUID guid() {
        return guid;
    }

    /** The type that {@link Partition#type} names so, of either kind of table; empty for others. */
    public static Optional<PartitionType> named(String type) {
        return Arrays.stream(values())
                .filter(known -> type.equals(mbrName(known.mbr)) || type.equals(name(known.guid)))
                .findFirst();
    }

    static String mbrName(int type) {
        return "0x%02x".formatted(type);
    }

    static String name(UUID guid) {
        return guid.toString().toUpperCase(Locale.ROOT);
    }
}
