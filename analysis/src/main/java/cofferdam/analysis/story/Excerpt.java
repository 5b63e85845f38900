package cofferdam.analysis.story;

import java.util.List;

/**
 * Bytes of a file around something that was found.
 *
 * @param file its name in the run's folder
 * @param title which place of how many, or which frame
 * @param rows ascending
 */
public record Excerpt(String file, String title, List<Row> rows) {

    public Excerpt {
        rows = List.copyOf(rows);
    }

    /**
     * Up to 16 bytes.
     *
     * @param offset of the first one in the file, or in the frame
     * @param digits two hexadecimal digits a byte
     * @param from the first byte that is marked, from 0
     * @param until after the last one; no byte is marked if not greater than {@code from}
     */
    public record Row(long offset, String digits, int from, int until) {}
}
