package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.Reference;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text that says what the image is made of; after "The Descriptor File". Its words may be in
 * either case.
 *
 * @param extents in order of the disk
 * @param parent the name in {@code parentFileNameHint}, or empty
 */
record Descriptor(List<ExtentLine> extents, String parent) {

    /** The longest descriptor, in bytes. */
    static final int LARGEST = 1 << 20;

    /** The most extents; with 2 GiB each they make 8 TiB. */
    private static final int MOST_EXTENTS = 4096;

    /** The most lines that say something other than an extent. */
    private static final int MOST_ENTRIES = 4096;

    private static final String PARENT = "parentfilenamehint";
    private static final String CHANGE_TRACKING = "changetrackpath";
    private static final String ENCODING = "encoding";

    /**
     * The descriptor in a part of the file.
     *
     * @param offset in bytes
     * @param length in bytes
     * @throws MalformedImageException if it is longer or has more lines than any reader should take
     */
    static Descriptor in(ByteSource file, long offset, long length, ProblemTally problems)
            throws IOException {
        if (length > LARGEST) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "a descriptor of %d bytes".formatted(length));
        }
        byte[] bytes = file.read(offset, (int) length);
        int end = end(bytes, problems);
        String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        Charset charset = charset(entries(text).getOrDefault(ENCODING, ""));
        return parse(new String(bytes, 0, end, charset), problems);
    }

    /** Where the text ends: at the first NUL, behind which only NULs should come. */
    private static int end(byte[] bytes, ProblemTally problems) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        for (int i = end; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                problems.add(
                        VmdkProblem.DESCRIPTOR_NUL, "a NUL at %d, text at %d".formatted(end, i));
                break;
            }
        }
        return end;
    }

    private static Descriptor parse(String text, ProblemTally problems)
            throws MalformedImageException {
        List<ExtentLine> extents = new ArrayList<>();
        for (String line : lines(text)) {
            if (!ExtentLine.begins(line)) {
                continue;
            }
            ExtentLine extent = ExtentLine.of(line)
                    .orElseThrow(() -> new MalformedImageException(
                            VmdkProblem.DESCRIPTOR, "the extent " + shortened(line)));
            extents.add(extent);
            if (extents.size() > MOST_EXTENTS) {
                throw new MalformedImageException(
                        CommonProblem.LIMIT, "more than %d extents".formatted(MOST_EXTENTS));
            }
        }
        Map<String, String> entries = entries(text);
        String tracked = entries.getOrDefault(CHANGE_TRACKING, "");
        if (!tracked.isEmpty()) {
            problems.add(VmdkProblem.CHANGE_TRACKING, shortened(tracked));
        }
        return new Descriptor(
                List.copyOf(extents), parent(entries.getOrDefault(PARENT, ""), problems));
    }

    private static String parent(String name, ProblemTally problems) {
        if (name.length() <= Reference.LONGEST_NAME) {
            return name;
        }
        problems.add(
                CommonProblem.LIMIT, "a parent's name of %d characters".formatted(name.length()));
        return name.substring(0, Reference.LONGEST_NAME);
    }

    /** The lines of the form {@code key=value}, keys in lower case; the first of each counts. */
    private static Map<String, String> entries(String text) throws MalformedImageException {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String line : lines(text)) {
            int equals = line.indexOf('=');
            if (equals <= 0 || ExtentLine.begins(line)) {
                continue;
            }
            String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            entries.putIfAbsent(key, unquoted(line.substring(equals + 1).strip()));
            if (entries.size() > MOST_ENTRIES) {
                throw new MalformedImageException(
                        CommonProblem.LIMIT, "more than %d entries".formatted(MOST_ENTRIES));
            }
        }
        return entries;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The encodings that writers are known to use; anything else is read byte for byte. */
    private static Charset charset(String name) {
        String known = switch (name.toLowerCase(Locale.ROOT)) {
            case "", "utf-8" -> "UTF-8";
            case "gbk" -> "GBK";
            case "big5" -> "Big5";
            case "shift_jis" -> "Shift_JIS";
            case "windows-1252" -> "windows-1252";
            default -> "ISO-8859-1";
        };
        return Charset.isSupported(known) ? Charset.forName(known) : StandardCharsets.ISO_8859_1;
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(200, text.length()));
    }

    /** Tells a name that leads elsewhere or is no honest one. */
    static void tellName(Reference reference, ProblemTally problems) {
        if (reference.leavesFolder()) {
            problems.add(
                    reference.role() == Reference.Role.EXTENT
                            ? VmdkProblem.EXTENT_OUTSIDE_FOLDER
                            : ContainerProblem.PARENT_OUTSIDE_FOLDER,
                    shortened(reference.name()));
        }
        if (!reference.isPlain()) {
            problems.add(ContainerProblem.NAME_NOT_PLAIN, shortened(reference.name()));
        }
    }
}
