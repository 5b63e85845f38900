package cofferdam.monitor.disk.fat;

import cofferdam.monitor.Tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What sleuthkit says of an image. */
record Sleuthkit(Path image) {

    private static final Pattern LINE = Pattern.compile("([rd])/[rd-] (\\* )?(\\d+):\t(.*)");

    /** A file or directory that it lists. */
    record Listed(String path, boolean directory, boolean deleted) {}

    /** Everything it lists, by inode, labels and what it makes up left out. */
    SortedMap<Long, Listed> list() throws IOException, InterruptedException {
        SortedMap<Long, Listed> listed = new TreeMap<>();
        String lines = Tool.named("fls").run("-f", "fat", "-r", "-p", image.toString());
        for (String line : lines.split("\n")) {
            Matcher match = LINE.matcher(line);
            if (match.matches() && !line.endsWith("(Volume Label Entry)")) {
                listed.put(
                        Long.parseLong(match.group(3)),
                        new Listed(
                                "/" + match.group(4),
                                match.group(1).equals("d"),
                                match.group(2) != null));
            }
        }
        return listed;
    }

    byte[] content(long inode) throws IOException, InterruptedException {
        return Tool.named("icat").output("-f", "fat", image.toString(), "" + inode);
    }

    /** The path of what has a sector of 512 bytes; empty for nothing. */
    String owner(long sector, Map<Long, Listed> listed) throws IOException, InterruptedException {
        String inode = Tool.named("ifind")
                .run("-f", "fat", "-d", "" + sector, image.toString())
                .strip();
        return inode.matches("\\d+") && listed.containsKey(Long.parseLong(inode))
                ? listed.get(Long.parseLong(inode)).path()
                : "";
    }
}
