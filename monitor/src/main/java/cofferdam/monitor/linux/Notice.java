package cofferdam.monitor.linux;

import java.util.List;

/**
 * Something that a guest says by itself. It is the guest's word, checked for its form alone.
 *
 * @param kind what it is about, such as {@code beat}; lower-case letters
 * @param words printable ASCII without spaces, at most {@link ConsoleFrame#MAXIMUM_WORDS}
 */
record Notice(String kind, List<String> words) {

    Notice {
        words = List.copyOf(words);
    }
}
