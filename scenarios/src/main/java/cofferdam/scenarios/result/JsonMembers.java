package cofferdam.scenarios.result;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object from outside, read member by member. Every failure names the member's place, such
 * as {@code runs[3].seed}. Members that nobody asks for are left alone: a later version may have
 * more.
 */
record JsonMembers(String place, JsonNode node) {

    /** How an element of an array is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonMembers element) throws InvalidResultException;
    }

    static JsonMembers of(String place, JsonNode node) throws InvalidResultException {
        if (!node.isObject()) {
            throw new InvalidResultException("%s is no object".formatted(label(place)));
        }
        return new JsonMembers(place, node);
    }

    /** The object of that name. */
    JsonMembers object(String name) throws InvalidResultException {
        return of(within(name), node.path(name));
    }

    /** A text of at most so many characters. */
    String text(String name, int maximum) throws InvalidResultException {
        return optionalText(name, maximum)
                .orElseThrow(() -> new InvalidResultException(within(name) + " is missing"));
    }

    /** The same, if it is there. */
    Optional<String> optionalText(String name, int maximum) throws InvalidResultException {
        if (!node.has(name)) {
            return Optional.empty();
        }
        if (!node.path(name).isString()) {
            throw new InvalidResultException(within(name) + " is no text");
        }
        String text = node.path(name).asString();
        if (text.length() > maximum) {
            throw new InvalidResultException("%s has %d characters, more than %d"
                    .formatted(within(name), text.length(), maximum));
        }
        return Optional.of(text);
    }

    /** A whole number within these limits. */
    long number(String name, long minimum, long maximum) throws InvalidResultException {
        return number(within(name), node.path(name), minimum, maximum);
    }

    /** Whole numbers within these limits; none if there is no such member. */
    List<Long> numbers(String name, long minimum, long maximum, int count)
            throws InvalidResultException {
        if (!node.has(name)) {
            return List.of();
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode element : array(name, count)) {
            String where = "%s[%d]".formatted(within(name), numbers.size());
            numbers.add(number(where, element, minimum, maximum));
        }
        return numbers;
    }

    /** At most so many objects. */
    <T> List<T> objects(String name, int count, Reading<T> reading) throws InvalidResultException {
        List<T> read = new ArrayList<>();
        for (JsonNode element : array(name, count)) {
            read.add(reading.read(of("%s[%d]".formatted(within(name), read.size()), element)));
        }
        return read;
    }

    /** Objects as {@link #objects}, or none if there is no such member. */
    <T> List<T> optionalObjects(String name, int count, Reading<T> reading)
            throws InvalidResultException {
        return node.has(name) ? objects(name, count, reading) : List.of();
    }

    InvalidResultException problem(String name, String what) {
        return new InvalidResultException("%s %s".formatted(within(name), what));
    }

    private JsonNode array(String name, int count) throws InvalidResultException {
        JsonNode array = node.path(name);
        if (!array.isArray()) {
            throw new InvalidResultException(within(name) + " is no array");
        }
        if (array.size() > count) {
            throw new InvalidResultException("%s has %d elements, more than %d"
                    .formatted(within(name), array.size(), count));
        }
        return array;
    }

    private static long number(String where, JsonNode value, long minimum, long maximum)
            throws InvalidResultException {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidResultException(where + " is no whole number");
        }
        long number = value.longValue();
        if (number < minimum || number > maximum) {
            throw new InvalidResultException(
                    "%s is %d, not from %d to %d".formatted(where, number, minimum, maximum));
        }
        return number;
    }

    private String within(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static String label(String place) {
        return place.isEmpty() ? "the document" : place;
    }
}
