package cofferdam.monitor.disk.ext;

import cofferdam.monitor.Tool;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the sleuthkit says about an image. */
final class Sleuthkit {

    private Sleuthkit() {}

    /** The path of each inode that has one. */
    static Map<String, String> paths(Path image) throws Exception {
        Map<String, String> paths = new HashMap<>();
        for (String line :
                Tool.named("fls").run("-r", "-p", "-u", image.toString()).split("\n")) {
            int colon = line.indexOf(":\t");
            String inode = line.substring(line.indexOf(' ') + 1, colon);
            paths.putIfAbsent(inode, "/" + line.substring(colon + 2));
        }
        return paths;
    }

    /** The inode that has the block. */
    static String inodeOf(Path image, long block) throws Exception {
        return Tool.named("ifind")
                .run("-d", Long.toString(block), image.toString())
                .strip();
    }
}
