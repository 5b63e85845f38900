package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.MalformedImageException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the fields of a JSON object, each of which must be there and of its type. */
record JsonFields(JsonNode node, String path) {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxTokenCount(50_000)
                            .maxNumberLength(20)
                            .maxNameLength(256)
                            .maxStringLength(8192)
                            .build())
                    .build())
            .build();

    /** @throws MalformedImageException if it is not one object, or too large or deep a one */
    static JsonFields parse(byte[] json) throws MalformedImageException {
        try {
            return new JsonFields(MAPPER.readTree(json), "").require();
        } catch (JacksonException e) {
            throw new MalformedImageException(
                    LuksProblem.INVALID, "JSON: " + FileNames.of(e.getOriginalMessage()));
        }
    }

    private JsonFields require() throws MalformedImageException {
        if (!node.isObject()) {
            throw invalid("is not an object");
        }
        return this;
    }

    boolean has(String name) {
        return node.has(name);
    }

    JsonFields object(String name) throws MalformedImageException {
        return child(name).require();
    }

    /** The objects in an object, by their names, which are whole numbers. */
    List<JsonFields> objects(String name) throws MalformedImageException {
        JsonFields all = object(name);
        if (all.node.size() > LuksLimits.OBJECTS) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "%d %s".formatted(all.node.size(), name));
        }
        List<JsonFields> objects = new ArrayList<>();
        for (String key : all.node.propertyNames()) {
            objects.add(all.object(key));
        }
        return objects;
    }

    /** The last part of its path as a whole number. */
    int number() throws MalformedImageException {
        String name = name();
        if (!name.matches("[0-9]{1,4}")) {
            throw invalid("is not named by a number");
        }
        return Integer.parseInt(name);
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    String text(String name) throws MalformedImageException {
        JsonFields child = child(name);
        if (!child.node.isString()) {
            throw child.invalid("is not a string");
        }
        return FileNames.of(child.node.stringValue());
    }

    /** A whole number from 0 on, written as a number or, as those of 64 bits are, as a string. */
    long count(String name) throws MalformedImageException {
        JsonFields child = child(name);
        String text = child.node.isString() ? child.node.stringValue() : child.node.toString();
        if (!text.matches("[0-9]{1,18}")) {
            throw child.invalid("is not a whole number");
        }
        return Long.parseLong(text);
    }

    /** A whole number from 1 to a limit. */
    int small(String name, int most) throws MalformedImageException {
        long count = count(name);
        if (count < 1 || count > most) {
            throw child(name).invalid("is %d, not 1 to %d".formatted(count, most));
        }
        return (int) count;
    }

    byte[] base64(String name) throws MalformedImageException {
        String text = child(name).node.asString("");
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length >= 8 && bytes.length <= LuksLimits.SALT) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw child(name).invalid("is not base64");
        }
        throw child(name).invalid("has not 8 to %d bytes".formatted(LuksLimits.SALT));
    }

    /** Whether an array of strings has one; no array has none. */
    boolean lists(String name, String wanted) {
        JsonNode array = node.path(name);
        for (JsonNode element : array) {
            if (element.isString() && element.stringValue().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private JsonFields child(String name) throws MalformedImageException {
        JsonNode child = node.get(name);
        String below = path.isEmpty() ? name : path + "." + name;
        if (child == null) {
            throw new MalformedImageException(
                    LuksProblem.INVALID, FileNames.of(below) + " is missing");
        }
        return new JsonFields(child, below);
    }

    MalformedImageException invalid(String what) {
        return new MalformedImageException(
                LuksProblem.INVALID, FileNames.of(path.isEmpty() ? "JSON" : path) + " " + what);
    }
}
