package cofferdam.monitor.yaml;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.util.Map;

/** Writes YAML that {@link YamlFile} reads: the same map always gives the same text. */
public final class YamlText {

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .setSplitLines(false)
            .setBestLineBreak("\n")
            .build();

    private static final DumpSettings ON_ONE_LINE = DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setDereferenceAliases(true)
            .setSplitLines(false)
            .setWidth(Integer.MAX_VALUE)
            .setBestLineBreak("\n")
            .build();

    private YamlText() {}

    /** The value on one line, as it may stand behind a key: {@code {size: 64, when-full: drop}}. */
    public static String onOneLine(Object value) {
        return new Dump(ON_ONE_LINE).dumpToString(value).strip();
    }

    /**
     * The map as one document, in the map's order, lines ending in a line feed.
     *
     * @param root text, whole numbers, booleans, lists and maps of them
     */
    public static String of(Map<String, ?> root) {
        return new Dump(SETTINGS).dumpToString(root);
    }
}
