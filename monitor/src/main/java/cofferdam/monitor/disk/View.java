package cofferdam.monitor.disk;

/**
 * A disk, or a machine's saved memory, inside an image.
 *
 * @param layer {@code active}, {@code snapshot:NAME} or {@code vmstate:NAME}
 * @param content its bytes as a guest sees them; what the image does not have reads as zeros, or
 *     from the backing image if that was given
 */
public record View(String layer, ByteSource content) {

    public static final String ACTIVE = "active";
}
