package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.util.ArrayList;
import java.util.List;

/**
 * A $FILE_NAME attribute: a file's name in one folder (Linux-NTFS documentation, "$FILE_NAME").
 *
 * @param parent the folder's record
 * @param parentSequence the sequence number that the folder had then
 * @param dos whether it is the short name that only goes with a long one
 * @param name UTF-16LE, up to 255 characters
 */
record FileName(long parent, int parentSequence, boolean dos, Span name) {

    private static final int DOS_NAMESPACE = 2;
    private static final int HEADER_SIZE = 0x42;

    /** Reads one. */
    static FileName parse(Span value) throws MalformedImageException {
        return new FileName(
                value.u48(0),
                value.u16(6),
                value.u8(0x41) == DOS_NAMESPACE,
                value.slice(HEADER_SIZE, 2L * value.u8(0x40)));
    }

    /** The names in a record, short ones only where there is no other. */
    static List<FileName> in(MftRecord record) throws MalformedImageException {
        List<FileName> names = new ArrayList<>();
        for (Attribute attribute : record.attributes()) {
            if (attribute instanceof Attribute.Resident resident
                    && resident.type() == AttributeType.FILE_NAME) {
                names.add(parse(resident.value()));
            }
        }
        List<FileName> full = names.stream().filter(name -> !name.dos()).toList();
        return full.isEmpty() ? names : full;
    }
}
