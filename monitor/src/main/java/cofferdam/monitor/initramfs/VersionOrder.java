package cofferdam.monitor.initramfs;

import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Kernel versions, older before newer: numbers as numbers, all else as text, and a release candidate
 * ({@code 6.7-rc5}) before the release.
 */
final class VersionOrder implements Comparator<String> {

    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");
    private static final String CANDIDATE = "-rc";

    @Override
    public int compare(String one, String other) {
        List<String> ones = parts(one);
        List<String> others = parts(other);
        for (int part = 0; part < Math.max(ones.size(), others.size()); part++) {
            int order = compareParts(at(ones, part), at(others, part));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> parts(String version) {
        return PART.matcher(version).results().map(MatchResult::group).toList();
    }

    private static String at(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static int compareParts(String one, String other) {
        boolean candidate = one.startsWith(CANDIDATE);
        if (candidate != other.startsWith(CANDIDATE)) {
            return candidate ? -1 : 1;
        }
        if (isNumber(one) && isNumber(other)) {
            String first = withoutZeros(one);
            String second = withoutZeros(other);
            int byLength = Integer.compare(first.length(), second.length());
            return byLength == 0 ? first.compareTo(second) : byLength;
        }
        return one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }

    private static String withoutZeros(String number) {
        int first = 0;
        while (first < number.length() - 1 && number.charAt(first) == '0') {
            first++;
        }
        return number.substring(first);
    }
}
