package cofferdam.monitor.recording;

import cofferdam.monitor.evidence.Sha256;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The image files of a run at its moments. An image is kept again only when its bytes differ from
 * the last time. {@code images.json} has for each moment and image the file that has the bytes, its
 * size and SHA-256, which ranges differ from the moment before, and the
 * blocks of the host's storage that it has.
 */
final class RecordedImages {

    /** The most images, over all moments, that a run keeps. */
    static final int MAXIMUM_IMAGES = 256;

    /** The most that a run's kept images may have together, in bytes. */
    static final long MAXIMUM_BYTES = 1L << 30;

    /** The most changed ranges that are listed for one image; the last one takes the rest. */
    static final int MAXIMUM_RANGES = 100;

    /** Ranges nearer than this, in bytes, are told as one. */
    private static final int JOINED = 64;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final List<Kept> kept = new ArrayList<>();
    private final Map<String, Kept> latest = new HashMap<>();
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private long bytes;
    private int reads;
    private int memories;

    /** One image at one moment. */
    private record Kept(
            String moment, String name, Content content, List<Range> changed, List<Integer> space) {
        Kept {
            changed = List.copyOf(changed);
            space = List.copyOf(space);
        }
    }

    /** Bytes that were kept, in a file of their own. */
    private static final class Content {

        private final String file;
        private final byte[] bytes;
        private final String sha256;

        Content(String file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
            sha256 = Sha256.of(bytes);
        }
    }

    /** A range in which two contents differ, in bytes. */
    record Range(int offset, int length) {
        int end() {
            return offset + length;
        }
    }

    void keep(String moment, String name, byte[] content, List<Integer> space) {
        require(moment);
        require(name);
        if (kept.size() == MAXIMUM_IMAGES) {
            throw new EvidenceLimitException(
                    "image '%s' is beyond the %d allowed".formatted(name, MAXIMUM_IMAGES));
        }
        Kept before = latest.get(name);
        if (before != null && before.moment().equals(moment)) {
            throw new IllegalArgumentException(
                    "image '%s' is kept twice at %s".formatted(name, moment));
        }
        List<Range> changed = before == null ? List.of() : changes(before.content().bytes, content);
        Content same = before != null && changed.isEmpty() ? before.content() : null;
        if (same == null) {
            same = new Content("images/%s/%s".formatted(moment, name), content);
            add(same.file, content);
        }
        Kept now = new Kept(moment, name, same, changed, space);
        kept.add(now);
        latest.put(name, now);
    }

    String read(String machine, byte[] content) {
        require(machine);
        reads++;
        String file = "device-reads/%d-%s.raw".formatted(reads, machine);
        add(file, content);
        return file;
    }

    String memory(String reader, byte[] content) {
        require(reader);
        memories++;
        String file = "memory-reads/%d-%s.raw".formatted(memories, reader);
        add(file, content);
        return file;
    }

    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        if (!kept.isEmpty()) {
            all.put("images.json", json());
        }
        return all;
    }

    private void add(String file, byte[] content) {
        bytes += content.length;
        if (bytes > MAXIMUM_BYTES) {
            throw new EvidenceLimitException(
                    "%s makes more than %d bytes of images".formatted(file, MAXIMUM_BYTES));
        }
        if (files.putIfAbsent(file, content) != null) {
            throw new IllegalArgumentException("%s is kept twice".formatted(file));
        }
    }

    private byte[] json() {
        ObjectNode document = MAPPER.createObjectNode();
        ArrayNode images = document.putArray("images");
        for (Kept image : kept) {
            ObjectNode node = images.addObject()
                    .put("moment", image.moment())
                    .put("image", image.name())
                    .put("file", image.content().file)
                    .put("size", image.content().bytes.length)
                    .put("sha256", image.content().sha256);
            ArrayNode changed = node.putArray("changed");
            image.changed()
                    .forEach(range -> changed.addObject()
                            .put("offset", range.offset())
                            .put("length", range.length()));
            image.space().forEach(node.putArray("space")::add);
        }
        return MAPPER.writeValueAsBytes(document);
    }

    /** Where two contents differ. What only one of them has differs too. */
    static List<Range> changes(byte[] before, byte[] after) {
        List<Range> changes = new ArrayList<>();
        int common = Math.min(before.length, after.length);
        for (int at = 0; at < common; at++) {
            int mismatch = Arrays.mismatch(before, at, common, after, at, common);
            if (mismatch < 0) {
                break;
            }
            at += mismatch;
            add(changes, at, at + 1);
        }
        int longest = Math.max(before.length, after.length);
        if (common < longest) {
            add(changes, common, longest);
        }
        return changes;
    }

    private static void add(List<Range> changes, int from, int to) {
        boolean joins = !changes.isEmpty()
                && (from - changes.getLast().end() < JOINED || changes.size() == MAXIMUM_RANGES);
        int start = joins ? changes.removeLast().offset() : from;
        changes.add(new Range(start, to - start));
    }

    private static void require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not of lower-case letters, digits, dots and hyphens".formatted(name));
        }
    }
}
