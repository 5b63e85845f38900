package cofferdam.monitor.linux;

import java.util.List;

/** What a guest says by itself. */
record Notice(String kind, List<String> words) {
    Notice {
        words = List.copyOf(words);
    }
}
