package cofferdam.monitor.pcapng;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads captures of Ethernet interfaces in the pcapng format (draft-ietf-opsawg-pcapng, section 4),
 * of any byte order, time resolution and number of sections. Blocks and options that it does not
 * know are passed over. Whatever is malformed or beyond a limit is a {@link PcapngException}.
 */
public final class PcapngReader {

    /** The largest file, in bytes. */
    public static final int MAXIMUM_FILE_BYTES = 512 << 20;

    /** The longest block, in bytes. */
    public static final int MAXIMUM_BLOCK_BYTES = 16 << 20;

    /** The most frames of a file. */
    public static final int MAXIMUM_FRAMES = 8_000_000;

    /** The most interfaces of a file. */
    public static final int MAXIMUM_INTERFACES = PcapngWriter.MAXIMUM_INTERFACES;

    /** The most names of a file. */
    public static final int MAXIMUM_NAMES = 65_536;

    private PcapngReader() {}

    /**
     * Reads interfaces and frames. Interfaces of a second section are numbered on from those of the
     * first. An interface without an address has 00:00:00:00:00:00; a frame without a direction
     * counts as inbound.
     *
     * @throws PcapngException also for a frame of which only a part was captured, and for an
     *     interface that is not Ethernet
     */
    public static Capture read(byte[] file) throws PcapngException {
        Blocks blocks = new Blocks(file);
        CaptureBuilder capture = new CaptureBuilder();
        while (blocks.hasNext()) {
            capture.take(blocks.next());
        }
        return capture.built();
    }

    /** Reads the IPv4 names of the name resolution blocks; of several for one address the first. */
    public static SortedMap<Ipv4Address, String> names(byte[] file) throws PcapngException {
        return names(file, Format.NAMES_IPV4, Ipv4Address.BYTES, Ipv4Address::read);
    }

    /** Reads the IPv6 names likewise. */
    public static SortedMap<Ipv6Address, String> namesOfIpv6(byte[] file) throws PcapngException {
        return names(file, Format.NAMES_IPV6, Ipv6Address.BYTES, Ipv6Address::read);
    }

    /** Reads an address at an offset. */
    private interface Reading<A> {
        A read(byte[] bytes, int offset);
    }

    private static <A extends Comparable<? super A>> SortedMap<A, String> names(
            byte[] file, int type, int addressBytes, Reading<A> reading) throws PcapngException {
        Blocks blocks = new Blocks(file);
        SortedMap<A, String> names = new TreeMap<>();
        while (blocks.hasNext()) {
            Block block = blocks.next();
            if (block.type() != Format.NAME_RESOLUTION) {
                continue;
            }
            Options records = block.options(block.bodyStart());
            while (records.advance()) {
                if (records.code() == type) {
                    String name = name(records, addressBytes, names.size());
                    byte[] value = block.copy(records.valueStart(), addressBytes);
                    names.putIfAbsent(reading.read(value, 0), name);
                }
            }
        }
        return names;
    }

    private static String name(Options record, int addressBytes, int known) throws PcapngException {
        int length = record.valueLength() - addressBytes;
        if (length < 1) {
            throw PcapngException.at(
                    record.valueStart(),
                    "name record of %d bytes has no name".formatted(record.valueLength()));
        }
        if (known == MAXIMUM_NAMES) {
            throw PcapngException.at(
                    record.valueStart(), "more than %d names".formatted(MAXIMUM_NAMES));
        }
        String text = record.text(record.valueStart() + addressBytes, length);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
