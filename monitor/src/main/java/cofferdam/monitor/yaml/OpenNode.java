package cofferdam.monitor.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A list or mapping whose end has not been read yet. */
sealed interface OpenNode {

    /** Takes the next part. */
    void add(YamlNode part);

    /** What has been read, at the end. */
    YamlNode close();

    /** A list. */
    record OpenSequence(Position position, List<YamlNode> items) implements OpenNode {

        OpenSequence(Position position) {
            this(position, new ArrayList<>());
        }

        @Override
        public void add(YamlNode part) {
            items.add(part);
        }

        @Override
        public YamlNode close() {
            return new YamlNode.Sequence(position, List.copyOf(items));
        }
    }

    /** A mapping, whose parts are by turns keys and values. */
    final class OpenMapping implements OpenNode {

        private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);

        private final Position position;
        private final Problems problems;
        private final List<YamlNode.Entry> entries = new ArrayList<>();
        private final Map<String, Position> keys = new HashMap<>();
        private @Nullable YamlNode key;

        OpenMapping(Position position, Problems problems) {
            this.position = position;
            this.problems = problems;
        }

        @Override
        public void add(YamlNode part) {
            YamlNode owner = key;
            if (owner == null) {
                key = part;
                return;
            }
            key = null;
            addEntry(owner, part);
        }

        @Override
        public YamlNode close() {
            return new YamlNode.Mapping(position, List.copyOf(entries));
        }

        private void addEntry(YamlNode owner, YamlNode value) {
            if (!(owner instanceof YamlNode.Scalar scalar) || !isText(scalar)) {
                problems.add(owner.position(), "key %s is not text".formatted(owner.kind()));
                return;
            }
            Position first = keys.putIfAbsent(scalar.text(), owner.position());
            if (first != null) {
                String message = "duplicate key %s, first in line %d";
                problems.add(owner.position(), message.formatted(owner.kind(), first.line()));
                return;
            }
            entries.add(new YamlNode.Entry(owner.position(), scalar.text(), value));
        }

        private static boolean isText(YamlNode.Scalar scalar) {
            return !scalar.plain() || RESOLVER.resolve(scalar.text(), true).equals(Tag.STR);
        }
    }
}
