package cofferdam.monitor.disk;

/**
 * Another file that an image names. Whether it is opened is for whoever opens the image to decide.
 *
 * @param name as the image has it, at most 4096 characters
 * @param format the format that the image declares for it, or empty
 */
public record Reference(Role role, String name, String format) {

    /** What the other file is to the image. */
    public enum Role {
        /** What the image does not have itself is read from it: a backing file or a parent. */
        BACKING,
        /** It holds the data of the image, which has only tables: qcow2's external data file. */
        DATA,
        /** It holds a part of the image: an extent of a VMDK descriptor. */
        EXTENT
    }
}
