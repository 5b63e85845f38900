package cofferdam.monitor.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which processes a guest's kernel says that it has ended for want of memory. */
final class KernelAccount {

    /** As {@code __oom_kill_process} of Linux says it; the form is the guest's word. */
    private static final Pattern KILLED = Pattern.compile(
            "(?:Out of memory|Memory cgroup out of memory): Killed process (\\d{1,9}) \\(([^)\r\n]{0,15})\\)"
                    + "[^\r\n]{0,300}\r?\n");

    private final Set<Long> told = new HashSet<>();

    /**
     * A process that was ended.
     *
     * @param number its number in the guest
     * @param name its name in the guest
     * @param words what the kernel said
     */
    record Ended(long number, String name, String words) {}

    /** Those of the log that were not told before. */
    List<Ended> news(String log) {
        List<Ended> news = new ArrayList<>();
        Matcher matcher = KILLED.matcher(log);
        while (matcher.find()) {
            long number = Long.parseLong(matcher.group(1));
            if (told.add(number)) {
                news.add(new Ended(number, matcher.group(2), matcher.group().strip()));
            }
        }
        return news;
    }
}
